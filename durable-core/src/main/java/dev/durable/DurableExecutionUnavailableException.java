package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * The durable store cannot be reached, or did not answer in time; trying again may help.
 */
public class DurableExecutionUnavailableException extends DurableException {

	/**
	 * Create the exception.
	 * @param message what was tried
	 * @param cause the store's error
	 */
	public DurableExecutionUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
