package dev.durable.codec;

import dev.durable.ErrorObject;
import org.jspecify.annotations.Nullable;

/**
 * Turns exceptions into recorded errors and back. Thread-safe.
 */
public interface ErrorCodec {

	/**
	 * Describe an exception for the record.
	 * @param error the exception
	 * @return its description, bounded in size
	 */
	ErrorObject describe(Throwable error);

	/**
	 * Rebuild the exception that a description came from.
	 * @param error the description
	 * @return an exception of the same class, or {@code null} if it may not or cannot be
	 * rebuilt
	 */
	@Nullable Throwable rebuild(ErrorObject error);

	/**
	 * Encode a description.
	 * @param error the description
	 * @return the payload
	 */
	Payload encode(ErrorObject error);

	/**
	 * Decode a description.
	 * @param payload the payload
	 * @return the description
	 */
	ErrorObject decode(Payload payload);

}
