package dev.durable;

/** No execution has the requested id. */
public class UnknownExecutionException extends DurableException {

	/**
	 * Create the exception.
	 * @param executionId the id that was asked for
	 */
	public UnknownExecutionException(ExecutionId executionId) {
		super("No execution has the id '%s'. Check the id; it may also have been removed after its retention."
			.formatted(executionId));
	}

}
