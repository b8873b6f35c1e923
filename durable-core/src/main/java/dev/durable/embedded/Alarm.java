package dev.durable.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

/** Rings once at the earliest of the times it was set to. Thread-safe. */
final class Alarm {

	private final Timers timers;

	private final InstantSource clock;

	private final Runnable ring;

	private Timers.@Nullable Timer timer;

	private @Nullable Instant setTo;

	private boolean off;

	Alarm(Timers timers, InstantSource clock, Runnable ring) {
		this.timers = timers;
		this.clock = clock;
		this.ring = ring;
	}

	/** Ring at this time too, unless it rings earlier. */
	synchronized void set(@Nullable Instant at) {
		if (this.off || at == null || (this.setTo != null && !at.isBefore(this.setTo))) {
			return;
		}
		if (this.timer != null) {
			this.timer.cancel();
		}
		this.setTo = at;
		Duration delay = Duration.between(this.clock.instant(), at);
		this.timer = this.timers.schedule(delay.isNegative() ? Duration.ZERO : delay, this::rang);
	}

	private void rang() {
		synchronized (this) {
			if (this.off) {
				return;
			}
			this.timer = null;
			this.setTo = null;
		}
		this.ring.run();
	}

	/** It can be set again; what it was set to before is forgotten. */
	synchronized void on() {
		this.off = false;
		this.setTo = null;
	}

	synchronized void off() {
		this.off = true;
		if (this.timer != null) {
			this.timer.cancel();
		}
	}

}
