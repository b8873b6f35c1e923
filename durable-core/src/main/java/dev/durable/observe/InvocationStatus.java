package dev.durable.observe;

/** How an invocation ended, in AWS's words. */
public enum InvocationStatus {

	/** The execution has a result. */
	SUCCEEDED,

	/** The execution has failed. */
	FAILED,

	/**
	 * This invocation did not end the execution: it goes on in another one, or elsewhere.
	 */
	PENDING;

	/**
	 * Return whether the execution has ended.
	 * @return whether it has
	 */
	public boolean isTerminal() {
		return this != PENDING;
	}

}
