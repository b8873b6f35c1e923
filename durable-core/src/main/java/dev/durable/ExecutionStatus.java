package dev.durable;

/** Where an execution stands. */
public enum ExecutionStatus {

	/** Running, waiting, or blocked; it will go on. */
	RUNNING,

	/** The function returned. */
	SUCCEEDED,

	/** The function threw. */
	FAILED,

	/** The execution timeout passed first. */
	TIMED_OUT,

	/** It was stopped from outside. */
	STOPPED;

	/**
	 * Return whether nothing can change this status any more.
	 * @return {@code false} for {@link #RUNNING} only
	 */
	public boolean isTerminal() {
		return this != RUNNING;
	}

}
