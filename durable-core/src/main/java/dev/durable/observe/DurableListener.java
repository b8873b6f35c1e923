package dev.durable.observe;

/**
 * Watches executions.
 * <p>
 * Must be thread-safe and quick: it is called on the threads that run and record
 * executions. What it throws is logged and has no effect. It must not call durable
 * operations. A process that crashes may have recorded what no listener was told.
 */
public interface DurableListener {

	/**
	 * An invocation begins; called before its code runs, on the same thread.
	 * @param info the invocation
	 */
	default void onInvocationStart(InvocationInfo info) {
	}

	/**
	 * An invocation has ended; called after its end is recorded, or once it is known that
	 * it cannot be, because the execution is in other hands or the store out of reach.
	 * @param info the invocation and how it ended
	 */
	default void onInvocationEnd(InvocationEndInfo info) {
	}

	/**
	 * An operation has begun, or code asked for one that had begun in an earlier
	 * invocation and has not ended.
	 * @param operation the operation
	 */
	default void onOperationStart(OperationInfo operation) {
	}

	/**
	 * An operation has ended for good. Not called for a failed attempt that another one
	 * follows.
	 * @param operation the operation, with its result or error
	 */
	default void onOperationEnd(OperationInfo operation) {
	}

	/**
	 * Something was recorded of an operation while an invocation ran, be it by the
	 * execution's code or from outside. What changed between two invocations is told at
	 * the start of the second.
	 * @param change what changed
	 */
	default void onOperationChange(OperationChange change) {
	}

	/**
	 * The code of a step, a check or a context begins; called on the code's thread. Code
	 * of contexts is also called when it is replayed.
	 * @param attempt the attempt
	 */
	default void onAttemptStart(AttemptInfo attempt) {
	}

	/**
	 * The code of a step, a check or a context has returned or thrown; called on the
	 * code's thread. Not called for code that left because its invocation ended.
	 * @param attempt the attempt
	 */
	default void onAttemptEnd(AttemptInfo attempt) {
	}

}
