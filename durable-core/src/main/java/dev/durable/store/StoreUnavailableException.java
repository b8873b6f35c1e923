package dev.durable.store;

import dev.durable.DurableExecutionUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The store did not answer in time or not at all. Of a write nobody knows whether it
 * happened; sending the same write again tells.
 */
public class StoreUnavailableException extends DurableExecutionUnavailableException {

	/**
	 * Create the exception.
	 * @param message what was tried; no payload
	 * @param cause the store's error
	 */
	public StoreUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
