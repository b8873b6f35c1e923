package dev.durable.payload;

import java.util.Optional;

/**
 * Keeps large payloads apart from histories. Thread-safe.
 * <p>
 * What was put is never changed: a key names its content. Methods may block; they throw
 * {@link dev.durable.codec.PayloadUnavailableException} when the store cannot be reached
 * or asked in time. What these sentences mean is spelt out by the contract test that
 * every store inherits.
 */
public interface PayloadStore {

	/**
	 * Put a content; it survives any crash once this returns. Putting it again changes
	 * nothing.
	 * @param owner whom it belongs to
	 * @param key its name: 64 hexadecimal digits
	 * @param content the content
	 */
	void put(PayloadOwner owner, String key, byte[] content);

	/**
	 * Get a content.
	 * @param owner whom it belongs to
	 * @param key its name
	 * @return the content, or nothing if there is none
	 */
	Optional<byte[]> get(PayloadOwner owner, String key);

	/**
	 * Remove all contents of an owner; does nothing if there are none. Interrupted
	 * half-way, the next call goes on.
	 * @param owner whose
	 */
	void deleteAll(PayloadOwner owner);

}
