package dev.durable.operation;

/**
 * Leaves user code when its invocation can do no more: it suspended, or it lost its
 * journal. An error, so that {@code catch (Exception)} lets it pass; whoever catches it
 * anyway gets it again from the next durable call.
 */
public final class InvocationEndedError extends Error {

	/**
	 * Create the error.
	 * @param message why the invocation ended
	 */
	public InvocationEndedError(String message) {
		super(message, null, false, false);
	}

}
