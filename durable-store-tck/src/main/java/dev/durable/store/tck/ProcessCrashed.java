package dev.durable.store.tck;

/**
 * The simulated process is dead. An error, so that no code takes it for a failure that it
 * could handle.
 */
public final class ProcessCrashed extends Error {

	private static final long serialVersionUID = 1L;

	ProcessCrashed(String message) {
		super(message);
	}

}
