package dev.durable.docs;

import dev.durable.payload.EncryptionKey;
import dev.durable.payload.KeyProvider;

import org.springframework.context.annotation.Bean;

/** Not scanned: other examples are not encrypted. */
class PayloadKeys {

	@Bean
	KeyProvider durableKeys(KeyVault vault) {
		EncryptionKey current = EncryptionKey.of("2026-11", vault.read("durable/2026-11"));
		EncryptionKey former = EncryptionKey.of("2025-11", vault.read("durable/2025-11"));
		return KeyProvider.of(current, former);
	}

}
