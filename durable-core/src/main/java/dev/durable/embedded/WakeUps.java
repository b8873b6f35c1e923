package dev.durable.embedded;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

/**
 * The times at which executions that slept here become due, so that they need not wait
 * for the next poll. Thread-safe. What is forgotten here is found by polling.
 */
final class WakeUps {

	/** Bounds the memory: 100,000 times are about 5 MB. */
	private static final int MAX = 100_000;

	private final PriorityQueue<Instant> times = new PriorityQueue<>();

	private final InstantSource clock;

	private final Alarm alarm;

	private final Runnable wake;

	WakeUps(Timers timers, InstantSource clock, Runnable wake) {
		this.clock = clock;
		this.wake = wake;
		this.alarm = new Alarm(timers, clock, this::rang);
	}

	synchronized void add(@Nullable Instant at) {
		if (at == null || this.times.size() >= MAX) {
			return;
		}
		this.times.add(at);
		this.alarm.set(at);
	}

	/** The earliest of the times that have not come, or null. */
	synchronized @Nullable Instant next() {
		return this.times.peek();
	}

	private void rang() {
		synchronized (this) {
			Instant now = this.clock.instant();
			while (!this.times.isEmpty() && !this.times.peek().isAfter(now)) {
				this.times.remove();
			}
			this.alarm.set(this.times.peek());
		}
		this.wake.run();
	}

	/** After it was off: ring for what was added before and meanwhile, too. */
	synchronized void on() {
		this.alarm.on();
		this.alarm.set(this.times.peek());
	}

	void off() {
		this.alarm.off();
	}

}
