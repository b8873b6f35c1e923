package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * The code asked for another operation than the history holds, so replaying it would give
 * a different execution.
 * <p>
 * The execution is not lost: it stays running and blocked until code that fits its
 * history is back. Only as a Lambda durable function it fails: the service cannot give it
 * other code.
 */
public class NonDeterministicExecutionException extends DurableException {

	/**
	 * Create the exception.
	 * @param message the position, what was recorded, what was requested and what to do
	 */
	public NonDeterministicExecutionException(String message) {
		this(message, null);
	}

	/**
	 * Create the exception with what kept the history from being read.
	 * @param message the position, what was recorded, what was requested and what to do
	 * @param cause the cause
	 */
	public NonDeterministicExecutionException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
