package dev.durable;

/** The execution that a chained invoke started was stopped from outside. */
public class InvokeStoppedException extends InvokeFailedException {

	/**
	 * Create the exception.
	 * @param message what happened to which operation
	 * @param error the recorded error
	 */
	public InvokeStoppedException(String message, ErrorObject error) {
		super(message, error);
	}

}
