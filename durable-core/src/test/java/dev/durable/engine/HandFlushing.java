package dev.durable.engine;

import java.util.concurrent.Semaphore;

/**
 * Tells when a strand has blocked, and when one that starts again waits for its records;
 * both may be held up.
 */
final class HandFlushing implements InvocationThreads.Flushing {

	final Semaphore begun = new Semaphore(0);

	final Semaphore awaited = new Semaphore(0);

	private final Semaphore mayGoOn = new Semaphore(0);

	private volatile boolean holdsBlocking;

	private volatile boolean holdsAgain;

	/** Hold threads that have blocked, before they really wait. */
	void holdBlocking() {
		this.holdsBlocking = true;
	}

	/** Hold strands that start again before they do. */
	void holdAgain() {
		this.holdsAgain = true;
	}

	/** Let go the one that is held. */
	void letGo() {
		this.holdsBlocking = false;
		this.holdsAgain = false;
		this.mayGoOn.release();
	}

	@Override
	public void begin() {
		boolean held = this.holdsBlocking;
		this.begun.release();
		if (held) {
			Within.acquired(this.mayGoOn, "a thread that has blocked is let go");
		}
	}

	@Override
	public void await() {
		boolean held = this.holdsAgain;
		this.awaited.release();
		if (held) {
			Within.acquired(this.mayGoOn, "a strand that starts again is let go");
		}
	}

}
