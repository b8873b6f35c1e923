package dev.durable.store.dynamodb;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DynamoDbStoreClockTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.400Z");

	private final DynamoDbStoreClock clock = new DynamoDbStoreClock(() -> NOW);

	@Test
	void clockWhenTheAnswerTellsTheSameSecondIsLeftAlone() {
		this.clock.measure(NOW, Instant.parse("2026-01-01T00:00:00Z"), NOW.plusMillis(10));
		assertThat(this.clock.instant()).isEqualTo(NOW);
	}

	@Test
	void clockWhenTheDifferenceMayComeFromTheRoundTripIsLeftAlone() {
		this.clock.measure(NOW, Instant.parse("2026-01-01T00:00:02Z"), NOW.plusSeconds(4));
		assertThat(this.clock.instant()).isEqualTo(NOW);
	}

	@Test
	void clockWhenTheMachineIsWrongByMinutesFollowsDynamoDb() {
		this.clock.measure(NOW, Instant.parse("2026-01-01T00:05:00Z"), NOW.plusMillis(20));
		assertThat(this.clock.instant()).isBetween(Instant.parse("2026-01-01T00:05:00Z"),
				Instant.parse("2026-01-01T00:05:01Z"));
		Instant corrected = this.clock.instant();
		this.clock.measure(NOW, Instant.parse("2026-01-01T00:05:00Z"), NOW.plusMillis(40));
		assertThat(this.clock.instant()).isEqualTo(corrected);
	}

}
