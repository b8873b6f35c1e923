package dev.durable;

import java.time.Duration;

/** A caller stopped waiting for an execution, which goes on. */
public class ExecutionTimeoutException extends DurableException {

	private final ExecutionId executionId;

	/**
	 * Create the exception.
	 * @param executionId the execution
	 * @param timeout how long the caller waited
	 */
	public ExecutionTimeoutException(ExecutionId executionId, Duration timeout) {
		super(("Execution '%s' has not ended within %s; it goes on. "
				+ "Ask for its result later with DurableClient.execution(\"%s\"), or wait longer.")
			.formatted(executionId, timeout, executionId));
		this.executionId = executionId;
	}

	/**
	 * Return the execution, which is still running.
	 * @return its id
	 */
	public ExecutionId executionId() {
		return this.executionId;
	}

}
