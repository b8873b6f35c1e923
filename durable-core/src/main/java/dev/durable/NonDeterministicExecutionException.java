package dev.durable;

/**
 * The code asked for another operation than the history holds, so replaying it would give
 * a different execution.
 * <p>
 * The execution is not lost: it stays running and blocked until code that fits its
 * history is back.
 */
public class NonDeterministicExecutionException extends DurableException {

	/**
	 * Create the exception.
	 * @param message the position, what was recorded, what was requested and what to do
	 */
	public NonDeterministicExecutionException(String message) {
		super(message);
	}

}
