package dev.durable.embedded;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

import dev.durable.store.CallbackRow;

/**
 * A callback id: 16 random bytes to look it up and 16 secret random bytes, of which only
 * the hash is stored for comparison. As text it is base64, as AWS's ids are.
 *
 * @param lookup the public part in hex
 * @param secret the secret part in hex
 */
record CallbackId(String lookup, String secret) {

	private static final int PART = 16;

	private static final SecureRandom RANDOM = new SecureRandom();

	static CallbackId random() {
		return new CallbackId(randomHex(), randomHex());
	}

	private static String randomHex() {
		byte[] bytes = new byte[PART];
		RANDOM.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	static Optional<CallbackId> parse(String text) {
		try {
			byte[] bytes = Base64.getUrlDecoder().decode(text);
			HexFormat hex = HexFormat.of();
			return (bytes.length == 2 * PART)
					? Optional.of(new CallbackId(hex.formatHex(bytes, 0, PART), hex.formatHex(bytes, PART, 2 * PART)))
					: Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	String text() {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(HexFormat.of().parseHex(this.lookup + this.secret));
	}

	CallbackRow.Key key() {
		return new CallbackRow.Key(this.lookup, hash());
	}

	/**
	 * Compare in constant time, so that the time taken tells nothing about the secret.
	 */
	boolean opens(CallbackRow row) {
		return MessageDigest.isEqual(hash().getBytes(StandardCharsets.US_ASCII),
				row.key().secretHash().getBytes(StandardCharsets.US_ASCII));
	}

	private String hash() {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(HexFormat.of().parseHex(this.secret)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return "CallbackId[" + this.lookup + "]";
	}

}
