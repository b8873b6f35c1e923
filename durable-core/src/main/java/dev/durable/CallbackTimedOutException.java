package dev.durable;

/**
 * No completion, or no heartbeat, of a callback arrived in time; the error type is
 * {@code Callback.Timeout} or {@code Callback.Heartbeat}.
 */
public class CallbackTimedOutException extends DurableOperationException {

	/**
	 * Create the exception.
	 * @param message what happened to which operation
	 * @param error the recorded error
	 */
	public CallbackTimedOutException(String message, ErrorObject error) {
		super(message, error);
	}

}
