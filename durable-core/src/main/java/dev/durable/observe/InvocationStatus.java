package dev.durable.observe;

/** How an invocation ended, in AWS's words. */
public enum InvocationStatus {

	/** The execution has a result. */
	SUCCEEDED,

	/** The execution has failed. */
	FAILED,

	/** The execution goes on in another invocation. */
	PENDING;

	/**
	 * Return whether the execution has ended.
	 * @return whether it has
	 */
	public boolean isTerminal() {
		return this != PENDING;
	}

}
