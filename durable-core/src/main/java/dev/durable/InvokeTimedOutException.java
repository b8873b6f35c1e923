package dev.durable;

/** The execution that a chained invoke started timed out. */
public class InvokeTimedOutException extends InvokeFailedException {

	/**
	 * Create the exception.
	 * @param message what happened to which operation
	 * @param error the recorded error
	 */
	public InvokeTimedOutException(String message, ErrorObject error) {
		super(message, error);
	}

}
