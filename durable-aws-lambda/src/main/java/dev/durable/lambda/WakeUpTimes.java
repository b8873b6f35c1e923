package dev.durable.lambda;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The seconds at which wake-ups can happen. */
final class WakeUpTimes {

	private WakeUpTimes() {
	}

	/** The first whole second that is not before a time: never too early. */
	static Instant roundUp(Instant time) {
		Instant second = time.truncatedTo(ChronoUnit.SECONDS);
		return second.equals(time) ? second : second.plusSeconds(1);
	}

	static Instant later(Instant left, Instant right) {
		return left.isAfter(right) ? left : right;
	}

}
