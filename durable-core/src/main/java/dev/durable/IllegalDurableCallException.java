package dev.durable;

/**
 * A durable call was made where it cannot work: inside a step, on a foreign thread, or in
 * a transaction. It is a mistake in the code, so a step that throws it is not retried.
 */
public class IllegalDurableCallException extends IllegalStateException {

	/**
	 * Create the exception.
	 * @param message which call, why it cannot work here and what to do
	 */
	public IllegalDurableCallException(String message) {
		super(message);
	}

}
