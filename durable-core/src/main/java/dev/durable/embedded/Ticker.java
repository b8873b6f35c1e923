package dev.durable.embedded;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Runs a task when it starts, and again and again until it stops: at one pace, however
 * soon after a stop it starts. Thread-safe.
 */
final class Ticker {

	private final Timers timers;

	private final Duration interval;

	private final Runnable task;

	private boolean on;

	private Timers.@Nullable Timer next;

	Ticker(Timers timers, Duration interval, Runnable task) {
		this.timers = timers;
		this.interval = interval;
		this.task = task;
	}

	synchronized void start() {
		this.on = true;
		tick();
	}

	/** Run the task first when an interval has passed. */
	synchronized void startLater() {
		this.on = true;
		cancel();
		this.next = this.timers.schedule(this.interval, this::tick);
	}

	synchronized void stop() {
		this.on = false;
		cancel();
	}

	/** The task only asks for work that others do, so it may run under the lock. */
	private synchronized void tick() {
		if (this.on) {
			cancel(); // a timer that had begun already when it was cancelled
			this.next = this.timers.schedule(this.interval, this::tick);
			this.task.run();
		}
	}

	private void cancel() {
		if (this.next != null) {
			this.next.cancel();
		}
	}

}
