package dev.durable.codec;

import org.jspecify.annotations.Nullable;

/** Where the bytes of a payload are until somebody asks for them. Thread-safe. */
public interface PayloadSource {

	/**
	 * Return the number of bytes that {@link #load()} returns.
	 * @return zero or more
	 */
	int size();

	/**
	 * Return the id of the key that the bytes are encrypted with.
	 * @return the id, or {@code null} if they are not encrypted
	 */
	@Nullable String keyId();

	/**
	 * Return whether the bytes are kept apart from the history, so that loading them is
	 * I/O.
	 * @return whether they are
	 */
	boolean isOffloaded();

	/**
	 * Load the bytes.
	 * @return the bytes
	 * @throws PayloadSealedException if they cannot be read with what is configured now
	 * @throws PayloadUnavailableException if where they are kept cannot be reached
	 */
	byte[] load();

}
