package dev.durable.embedded;

import java.time.Duration;

/** Runs tasks after a delay; tests replace it to control time. Thread-safe. */
public interface Timers {

	/**
	 * Run a short task once after a delay.
	 * @param delay zero or more
	 * @param task the task, which must not block
	 * @return cancels the task if it has not begun
	 */
	Timer schedule(Duration delay, Runnable task);

	/** A scheduled task. */
	@FunctionalInterface
	interface Timer {

		/** Keep the task from beginning. */
		void cancel();

	}

}
