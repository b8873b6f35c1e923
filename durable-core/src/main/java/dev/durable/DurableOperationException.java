package dev.durable;

/**
 * A durable operation ended with an error that is part of the history: every replay
 * throws it again.
 */
public class DurableOperationException extends DurableException {

	private final ErrorObject error;

	/**
	 * Create the exception. Subclasses have the same constructor, by which they are
	 * rebuilt on replay.
	 * @param message what happened to which operation
	 * @param error the recorded error
	 */
	public DurableOperationException(String message, ErrorObject error) {
		super(message);
		this.error = error;
	}

	/**
	 * Return the recorded error.
	 * @return the error
	 */
	public ErrorObject error() {
		return this.error;
	}

}
