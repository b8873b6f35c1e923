package dev.durable.payload;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where large payloads go.
 *
 * @param store keeps them
 * @param threshold the largest payload in bytes that stays in the history
 */
record Offload(PayloadStore store, int threshold) {

	Offload {
		if (threshold < 1) {
			throw new IllegalArgumentException("'threshold' must be at least 1 byte but was " + threshold);
		}
	}

	/** Put a content and return the reference to it. */
	Envelope.Offloaded put(PayloadOwner owner, String keyId, int plainSize, byte[] content) {
		String key = key(content);
		this.store.put(owner, key, content);
		return new Envelope.Offloaded(keyId, plainSize, owner.start(), HexFormat.of().parseHex(key));
	}

	/** The name of a content: its SHA-256 in hex. */
	static String key(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
