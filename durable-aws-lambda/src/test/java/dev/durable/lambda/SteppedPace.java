package dev.durable.lambda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A clock that only goes on when somebody waits. */
final class SteppedPace extends PollPace {

	private final List<Duration> pauses = new ArrayList<>();

	private long now;

	List<Duration> pauses() {
		return this.pauses;
	}

	@Override
	long nanoTime() {
		return this.now;
	}

	@Override
	void await(Duration duration) {
		this.now += duration.toNanos();
		if (!duration.isZero()) {
			this.pauses.add(duration);
		}
	}

}
