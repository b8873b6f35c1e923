package dev.durable.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

import dev.durable.store.StoreClock;

/**
 * The machine's time, corrected by how far it was from the database's when somebody last
 * looked.
 */
final class JdbcStoreClock implements StoreClock {

	private final InstantSource machine;

	private volatile Duration offset = Duration.ZERO;

	JdbcStoreClock(InstantSource machine) {
		this.machine = machine;
	}

	@Override
	public Instant instant() {
		return this.machine.instant().plus(this.offset).truncatedTo(ChronoUnit.MILLIS);
	}

	/**
	 * Compare with the database.
	 * @param database asks it for its time
	 */
	void measure(Supplier<Instant> database) {
		Instant before = this.machine.instant();
		Instant there = database.get();
		Instant after = this.machine.instant();
		Duration uncertainty = Duration.between(before, after).dividedBy(2);
		Duration measured = Duration.between(before.plus(uncertainty), there);
		// what the round trip alone explains is no reason to move the clock
		if (measured.minus(this.offset).abs().compareTo(uncertainty.plusMillis(1)) > 0) {
			this.offset = measured;
		}
	}

}
