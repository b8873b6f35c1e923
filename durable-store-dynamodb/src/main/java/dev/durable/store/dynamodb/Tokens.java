package dev.durable.store.dynamodb;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Random ids of single writes. They are part of the keys of what several nodes may write
 * or delete at once, so that nobody deletes what another has written.
 */
final class Tokens {

	private static final int BYTES = 9;

	private static final SecureRandom RANDOM = new SecureRandom();

	private Tokens() {
	}

	static String next() {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
