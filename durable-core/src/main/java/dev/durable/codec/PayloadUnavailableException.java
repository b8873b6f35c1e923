package dev.durable.codec;

import dev.durable.DurableExecutionUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Where payloads or their keys are kept cannot be reached now; trying again later may
 * help.
 */
public class PayloadUnavailableException extends DurableExecutionUnavailableException {

	/**
	 * Create the exception.
	 * @param message what was tried; no payload
	 * @param cause the store's error
	 */
	public PayloadUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
