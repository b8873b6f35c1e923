package dev.durable.lambda.emulator;

/** Whoever made a call is dead: it gets no reply, and its connection is closed. */
final class CallerKilledException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	CallerKilledException() {
		super("The calling process was killed");
	}

}
