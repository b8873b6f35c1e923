package dev.durable.conformance.step;

/** A failure that may pass. */
class TransientError extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TransientError(String message) {
		super(message);
	}

}
