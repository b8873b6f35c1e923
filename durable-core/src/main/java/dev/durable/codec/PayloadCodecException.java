package dev.durable.codec;

import dev.durable.DurableException;
import org.jspecify.annotations.Nullable;

/** A value cannot be written as a payload, or a payload cannot be read as a value. */
public class PayloadCodecException extends DurableException {

	/**
	 * Create the exception.
	 * @param message what was found, and what to do; never the payload itself
	 * @param cause the cause, whose message must not hold the payload either
	 */
	public PayloadCodecException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
