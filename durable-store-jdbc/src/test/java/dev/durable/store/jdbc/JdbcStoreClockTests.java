package dev.durable.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JdbcStoreClockTests {

	private final AtomicReference<Instant> machine = new AtomicReference<>(
			Instant.parse("2026-01-01T00:00:00.123456Z"));

	private final JdbcStoreClock clock = new JdbcStoreClock(this.machine::get);

	@Test
	void instantWhenNothingWasMeasuredIsTheMachinesToTheMillisecond() {
		assertThat(this.clock.instant()).isEqualTo("2026-01-01T00:00:00.123Z");
	}

	@Test
	void instantWhenTheDatabaseIsAheadIsTheDatabases() {
		measure(Duration.ofHours(1), Duration.ZERO);
		assertThat(this.clock.instant()).isEqualTo("2026-01-01T01:00:00.123Z");
		this.machine.set(Instant.parse("2026-01-01T00:10:00Z"));
		assertThat(this.clock.instant()).isEqualTo("2026-01-01T01:10:00Z");
	}

	@Test
	void instantWhenTheAnswerTookLongAssumesItsMiddle() {
		measure(Duration.ofSeconds(-30), Duration.ofSeconds(2));
		this.machine.set(Instant.parse("2026-01-01T00:10:00Z"));
		assertThat(this.clock.instant()).isEqualTo("2026-01-01T00:09:29Z");
	}

	@Test
	void instantWhenTheDifferenceIsWithinTheRoundTripStays() {
		measure(Duration.ofHours(1), Duration.ZERO);
		measure(Duration.ofHours(1).plusMillis(900), Duration.ofSeconds(2));
		this.machine.set(Instant.parse("2026-01-01T00:10:00Z"));
		assertThat(this.clock.instant()).isEqualTo("2026-01-01T01:10:00Z");
	}

	/** Ask a database that is off by some time when it is asked, and answers late. */
	private void measure(Duration off, Duration roundTrip) {
		this.clock.measure(() -> {
			Instant there = this.machine.get().plus(off);
			this.machine.updateAndGet((now) -> now.plus(roundTrip));
			return there;
		});
	}

}
