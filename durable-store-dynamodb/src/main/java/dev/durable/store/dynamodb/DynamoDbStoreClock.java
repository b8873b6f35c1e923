package dev.durable.store.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

import dev.durable.store.StoreClock;

/**
 * The machine's time, corrected when DynamoDB's answers prove it wrong. They tell the
 * time to the second only, so a smaller difference is left alone; machines on AWS are
 * closer than that.
 */
final class DynamoDbStoreClock implements StoreClock {

	private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

	private final InstantSource machine;

	private volatile Duration offset = Duration.ZERO;

	DynamoDbStoreClock(InstantSource machine) {
		this.machine = machine;
	}

	@Override
	public Instant instant() {
		return this.machine.instant().plus(this.offset).truncatedTo(ChronoUnit.MILLIS);
	}

	/** Return the time of this machine, uncorrected. */
	Instant machine() {
		return this.machine.instant();
	}

	/**
	 * Compare with an answer.
	 * @param before this machine's time before the request
	 * @param told the time in the answer, to the second
	 * @param after this machine's time after it
	 */
	void measure(Instant before, Instant told, Instant after) {
		Duration uncertainty = Duration.between(before, after).dividedBy(2).plus(HALF_A_SECOND);
		Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
		Duration measured = Duration.between(middle, told.plus(HALF_A_SECOND));
		if (measured.minus(this.offset).abs().compareTo(uncertainty) > 0) {
			this.offset = measured;
		}
	}

}
