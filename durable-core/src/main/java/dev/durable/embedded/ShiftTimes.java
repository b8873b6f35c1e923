package dev.durable.embedded;

import java.time.Duration;
import java.time.Instant;

/**
 * When a shift ends.
 *
 * @param drainAt from then on nothing more is claimed, and executions suspend
 * @param deadline then it is over, whatever still runs
 */
record ShiftTimes(Instant drainAt, Instant deadline) {

	/** The last part of the time in which running steps may still finish. */
	private static final int DRAINING_PART = 4;

	static ShiftTimes of(Instant begin, Duration time, Duration longestDraining) {
		Duration part = time.dividedBy(DRAINING_PART);
		Instant deadline = begin.plus(time);
		return new ShiftTimes(deadline.minus((part.compareTo(longestDraining) < 0) ? part : longestDraining), deadline);
	}

}
