package dev.durable;

/** The execution that a chained invoke started ended without a result. */
public class InvokeFailedException extends DurableOperationException {

	/**
	 * Create the exception.
	 * @param message what happened to which operation
	 * @param error the recorded error
	 */
	public InvokeFailedException(String message, ErrorObject error) {
		super(message, error);
	}

}
