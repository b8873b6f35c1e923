package dev.durable;

/** A named execution exists already and was started with another input. */
public class ExecutionAlreadyStartedException extends DurableException {

	private final ExecutionId executionId;

	/**
	 * Create the exception.
	 * @param function the function
	 * @param name the execution's name
	 * @param executionId the existing execution
	 */
	public ExecutionAlreadyStartedException(String function, String name, ExecutionId executionId) {
		super(("Function '%s' already has an execution named '%s' (id '%s') that was started with another input. "
				+ "Use another name, or the same input to attach to it.")
			.formatted(function, name, executionId));
		this.executionId = executionId;
	}

	/**
	 * Return the existing execution.
	 * @return its id
	 */
	public ExecutionId executionId() {
		return this.executionId;
	}

}
