package dev.durable.lambda;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Spaces the questions that threads ask while they wait, so that many of them together
 * stay below the rate at which the service answers an account. Thread-safe.
 */
class PollPace {

	/** At most 10 a second: the service allows 30 to an account. */
	static final Duration GAP = Duration.ofMillis(100);

	private long nextTurn = nanoTime();

	/** Wait for a while, and then for a turn to ask. */
	void pause(Duration pause) throws InterruptedException {
		await(pause);
		await(turn());
	}

	private synchronized Duration turn() {
		long now = nanoTime();
		long at = Math.max(now, this.nextTurn);
		this.nextTurn = at + GAP.toNanos();
		return Duration.ofNanos(at - now);
	}

	long nanoTime() {
		return System.nanoTime();
	}

	void await(Duration duration) throws InterruptedException {
		new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
	}

}
