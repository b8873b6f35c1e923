package dev.durable;

/**
 * A child context failed with an exception that cannot be rebuilt on replay;
 * {@link #error()} tells which.
 */
public class ChildContextFailedException extends DurableOperationException {

	/**
	 * Create the exception.
	 * @param message what happened to which operation
	 * @param error the recorded error
	 */
	public ChildContextFailedException(String message, ErrorObject error) {
		super(message, error);
	}

}
