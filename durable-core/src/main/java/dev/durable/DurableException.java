package dev.durable;

import org.jspecify.annotations.Nullable;

/** Base of the exceptions that durable execution throws at its users. */
public class DurableException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message what was found, what was expected and what to do
	 */
	public DurableException(String message) {
		super(message);
	}

	/**
	 * Create the exception with its cause.
	 * @param message what was found, what was expected and what to do
	 * @param cause the cause
	 */
	public DurableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
