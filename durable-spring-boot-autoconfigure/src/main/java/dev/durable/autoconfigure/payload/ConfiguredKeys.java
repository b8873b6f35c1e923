package dev.durable.autoconfigure.payload;

import java.util.ArrayList;
import java.util.List;

import dev.durable.autoconfigure.DurableProperties;
import dev.durable.payload.EncryptionKey;
import dev.durable.payload.KeyProvider;

/** Reads keys from properties. */
final class ConfiguredKeys {

	private static final String HOW = "Make a key with 'openssl rand -base64 32' and set it as 'durable.encryption.keys.%s', "
			+ "best from a secret store or an environment variable.";

	private ConfiguredKeys() {
	}

	static KeyProvider of(String current, DurableProperties.Encryption encryption) {
		if (!encryption.keys().containsKey(current)) {
			throw new PayloadConfigurationException(
					"'durable.encryption.key-id' is '%s', but 'durable.encryption.keys' has only %s.".formatted(current,
							encryption.keys().keySet()),
					HOW.formatted(current));
		}
		List<EncryptionKey> former = new ArrayList<>();
		encryption.keys().forEach((id, secret) -> {
			if (!id.equals(current)) {
				former.add(key(id, secret));
			}
		});
		return KeyProvider.of(key(current, encryption.keys().get(current)), former.toArray(EncryptionKey[]::new));
	}

	private static EncryptionKey key(String id, String secret) {
		try {
			return EncryptionKey.ofBase64(id, secret);
		}
		catch (IllegalArgumentException ex) {
			throw new PayloadConfigurationException(ex.getMessage(), HOW.formatted(id));
		}
	}

}
