package dev.durable;

/** A callback was completed, or timed out, before; the first outcome stands. */
public class CallbackAlreadyCompletedException extends DurableException {

	/**
	 * Create the exception.
	 * @param outcome how the callback ended, such as {@code SUCCEEDED} or
	 * {@code TIMED_OUT}
	 */
	public CallbackAlreadyCompletedException(String outcome) {
		super("The callback already ended %s, and a callback ends once. Nothing was changed.".formatted(outcome));
	}

}
