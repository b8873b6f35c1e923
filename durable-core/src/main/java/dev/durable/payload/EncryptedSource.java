package dev.durable.payload;

import java.security.GeneralSecurityException;

import dev.durable.codec.Payload;
import dev.durable.codec.PayloadSealedException;
import org.jspecify.annotations.Nullable;

/** An encrypted payload. */
final class EncryptedSource extends SealedSource {

	private final Envelope.Encrypted encrypted;

	private final @Nullable KeyProvider keys;

	EncryptedSource(PayloadPlace place, Payload stored, Envelope.Encrypted encrypted, @Nullable KeyProvider keys) {
		super(place, stored);
		this.encrypted = encrypted;
		this.keys = keys;
	}

	@Override
	public int size() {
		return this.encrypted.plainSize();
	}

	@Override
	public String keyId() {
		return this.encrypted.keyId();
	}

	@Override
	public boolean isOffloaded() {
		return false;
	}

	@Override
	public byte[] load() {
		return decrypt(this.keys, place(), this.encrypted);
	}

	static byte[] decrypt(@Nullable KeyProvider keys, PayloadPlace place, Envelope.Encrypted encrypted) {
		EncryptionKey key = (keys != null) ? keys.find(encrypted.keyId()).orElse(null) : null;
		if (key == null) {
			throw new PayloadSealedException(("The payload at %s is encrypted with key '%s', which is not known here. "
					+ "Add it to the key provider, or set 'durable.encryption.keys.%s'.")
				.formatted(place, encrypted.keyId(), encrypted.keyId()), null);
		}
		try {
			return AesGcm.decrypt(key, place, encrypted);
		}
		catch (GeneralSecurityException ex) {
			throw new PayloadSealedException(("The payload at %s cannot be decrypted with key '%s': "
					+ "the id stands for other bytes than when it was written, or the payload was changed or moved. "
					+ "Put the former key back under its id.")
				.formatted(place, encrypted.keyId()), ex);
		}
	}

}
