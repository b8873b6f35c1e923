package dev.durable;

/**
 * An at-most-once attempt of a step was cut off by a crash, so nobody knows how far it
 * got.
 */
public class StepInterruptedException extends DurableOperationException {

	/**
	 * Create the exception.
	 * @param message what happened to which operation
	 * @param error the recorded error
	 */
	public StepInterruptedException(String message, ErrorObject error) {
		super(message, error);
	}

}
