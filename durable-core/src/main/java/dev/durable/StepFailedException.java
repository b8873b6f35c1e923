package dev.durable;

/**
 * A step failed with an exception that cannot be rebuilt on replay; {@link #error()}
 * tells which.
 */
public class StepFailedException extends DurableOperationException {

	/**
	 * Create the exception.
	 * @param message what happened to which operation
	 * @param error the recorded error
	 */
	public StepFailedException(String message, ErrorObject error) {
		super(message, error);
	}

}
