package dev.durable.lambda;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** Time that passes when the test says so. */
final class HandTime extends Clock {

	static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

	private final Map<Condition, Lock> sleepers = new HashMap<>();

	private final BlockingQueue<Instant> sleeps = new LinkedBlockingQueue<>();

	private Instant now = START;

	InvocationTime time() {
		return new InvocationTime(this, this::sleep, () -> 1);
	}

	private boolean sleep(Lock lock, Condition changed, Instant until) throws InterruptedException {
		synchronized (this) {
			if (!until.isAfter(this.now)) {
				return false;
			}
			this.sleepers.put(changed, lock);
		}
		this.sleeps.add(until);
		changed.await();
		return true;
	}

	/** The time until which somebody sleeps next. */
	Duration awaitSleep() throws InterruptedException {
		Instant until = this.sleeps.poll(10, TimeUnit.SECONDS);
		if (until == null) {
			throw new AssertionError("Nobody sleeps");
		}
		return Duration.between(START, until);
	}

	/** Wait until somebody sleeps until a time after the start. */
	void awaitSleepUntil(Duration time) throws InterruptedException {
		Duration until = awaitSleep();
		while (!until.equals(time)) {
			until = awaitSleep();
		}
	}

	void forgetSleeps() {
		this.sleeps.clear();
	}

	void advance(Duration duration) {
		Map<Condition, Lock> woken;
		synchronized (this) {
			this.now = this.now.plus(duration);
			woken = Map.copyOf(this.sleepers);
			this.sleepers.clear();
		}
		woken.forEach((condition, lock) -> {
			lock.lock();
			try {
				condition.signalAll();
			}
			finally {
				lock.unlock();
			}
		});
	}

	@Override
	public synchronized Instant instant() {
		return this.now;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
