package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * An execution that somebody waits for ended without a result; {@link #status()} tells
 * how.
 */
public class ExecutionFailedException extends DurableException {

	private final ExecutionId executionId;

	private final ExecutionStatus status;

	private final ErrorObject error;

	/**
	 * Create the exception.
	 * @param executionId the execution
	 * @param status how it ended
	 * @param error the recorded error
	 * @param cause the function's exception if it could be rebuilt
	 */
	public ExecutionFailedException(ExecutionId executionId, ExecutionStatus status, ErrorObject error,
			@Nullable Throwable cause) {
		super("Execution '%s' ended %s: %s: %s".formatted(executionId, status, error.errorType(), error.errorMessage()),
				cause);
		this.executionId = executionId;
		this.status = status;
		this.error = error;
	}

	/**
	 * Return the execution.
	 * @return its id
	 */
	public ExecutionId executionId() {
		return this.executionId;
	}

	/**
	 * Return how it ended.
	 * @return failed, timed out or stopped
	 */
	public ExecutionStatus status() {
		return this.status;
	}

	/**
	 * Return the recorded error.
	 * @return the error
	 */
	public ErrorObject error() {
		return this.error;
	}

}
