package dev.durable.store.tck;

import java.util.Arrays;

import dev.durable.payload.EncryptionKey;
import dev.durable.payload.KeyProvider;
import dev.durable.payload.PayloadSealing;

/** Sealings for tests. */
final class Sealings {

	private Sealings() {
	}

	static EncryptionKey key(String id) {
		byte[] secret = new byte[32];
		Arrays.fill(secret, (byte) id.hashCode());
		return EncryptionKey.of(id, secret);
	}

	static PayloadSealing encrypting() {
		return PayloadSealing.none().withKeys(KeyProvider.of(key("k1")));
	}

	/** Encrypts all payloads and offloads even small ones. */
	static PayloadSealing everything(MemoryPayloadStore store) {
		return encrypting().withStore(store, 8);
	}

}
