package dev.durable;

/**
 * The outside world reported that a callback failed; {@link #error()} is what it said.
 */
public class CallbackFailedException extends DurableOperationException {

	/**
	 * Create the exception.
	 * @param message what happened to which operation
	 * @param error the recorded error
	 */
	public CallbackFailedException(String message, ErrorObject error) {
		super(message, error);
	}

}
