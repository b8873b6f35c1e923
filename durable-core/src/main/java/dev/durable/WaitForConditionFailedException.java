package dev.durable;

/** A condition was not met within the checks that its strategy allows. */
public class WaitForConditionFailedException extends DurableOperationException {

	/**
	 * Create the exception.
	 * @param message what happened to which operation
	 * @param error the recorded error
	 */
	public WaitForConditionFailedException(String message, ErrorObject error) {
		super(message, error);
	}

}
