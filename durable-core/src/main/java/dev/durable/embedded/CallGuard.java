package dev.durable.embedded;

/**
 * Refuses durable calls at a bad moment, such as inside a database transaction.
 * Thread-safe.
 */
@FunctionalInterface
public interface CallGuard {

	/**
	 * Check a durable call on the calling thread, outside a step.
	 * @param call what is called, for the message
	 * @throws IllegalStateException if it must not be made now; says why and what to do
	 */
	void check(String call);

}
