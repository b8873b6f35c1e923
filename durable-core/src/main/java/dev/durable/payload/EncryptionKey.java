package dev.durable.payload;

import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A 256-bit AES key and the id that payloads name it by. Immutable; two keys are equal
 * only if they are the same object, so that comparing them tells nothing.
 */
public final class EncryptionKey {

	private static final Pattern ID = Pattern.compile("[\\w.:/@+=-]{1,128}");

	private static final int BYTES = 32;

	private final String id;

	private final SecretKey secret;

	private EncryptionKey(String id, byte[] secret) {
		if (!ID.matcher(id).matches()) {
			throw new IllegalArgumentException(
					"A key's id must have 1 to 128 letters, digits or any of '._:/@+=-' but was '%s'".formatted(id));
		}
		if (secret.length != BYTES) {
			throw new IllegalArgumentException(
					"Key '%s' must have exactly 256 bits (32 bytes) but has %d bytes; make one with 'openssl rand -base64 32'"
						.formatted(id, secret.length));
		}
		this.id = id;
		this.secret = new SecretKeySpec(secret, "AES");
	}

	/**
	 * Return a key.
	 * @param id names it in the payloads that it encrypts, and is no secret
	 * @param secret its 32 bytes, which are copied
	 * @return the key
	 * @throws IllegalArgumentException if it does not have 256 bits
	 */
	public static EncryptionKey of(String id, byte[] secret) {
		return new EncryptionKey(Objects.requireNonNull(id, "'id' must not be null"),
				Objects.requireNonNull(secret, "'secret' must not be null"));
	}

	/**
	 * Return a key.
	 * @param id names it in the payloads that it encrypts, and is no secret
	 * @param secret its 32 bytes in base64
	 * @return the key
	 * @throws IllegalArgumentException if it is no base64 or does not have 256 bits
	 */
	public static EncryptionKey ofBase64(String id, String secret) {
		byte[] bytes;
		try {
			bytes = Base64.getDecoder().decode(secret.strip());
		}
		catch (IllegalArgumentException ex) {
			// its message would quote part of the key
			throw new IllegalArgumentException(
					"Key '%s' must be written in base64 but is not; make one with 'openssl rand -base64 32'"
						.formatted(id));
		}
		return of(id, bytes);
	}

	/**
	 * Return the id.
	 * @return 1 to 128 characters
	 */
	public String id() {
		return this.id;
	}

	SecretKey secret() {
		return this.secret;
	}

	/** Tell the id only. */
	@Override
	public String toString() {
		return "EncryptionKey[" + this.id + "]";
	}

}
