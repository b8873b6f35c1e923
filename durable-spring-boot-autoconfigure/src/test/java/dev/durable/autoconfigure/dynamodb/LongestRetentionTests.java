package dev.durable.autoconfigure.dynamodb;

import java.time.Duration;
import java.util.List;

import dev.durable.autoconfigure.DurableProperties;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link LongestRetention}. */
class LongestRetentionTests {

	private static final Duration WEEK = Duration.ofDays(7);

	@Test
	void longestWhenFunctionsHaveNoneIsTheGeneralOne() {
		assertThat(longest(WEEK, function(null))).isEqualTo(WEEK);
	}

	@Test
	void longestWhenAFunctionIsKeptLongerIsThatOfTheFunction() {
		assertThat(longest(WEEK, function(Duration.ofDays(1)), function(Duration.ofDays(8))))
			.isEqualTo(Duration.ofDays(8));
	}

	@Test
	void longestWhenSomethingIsKeptForEverIsACentury() {
		Duration century = Duration.ofDays(36_525);
		assertThat(longest(Duration.ofSeconds(-1))).isEqualTo(century);
		assertThat(longest(WEEK, function(Duration.ofSeconds(-1)))).isEqualTo(century);
		assertThat(longest(Duration.ofDays(40_000))).isEqualTo(century);
	}

	@Test
	void coversWhenARetentionIsLongerDoesNot() {
		LongestRetention week = LongestRetention.of(WEEK, List.of());
		assertThat(week.covers(WEEK)).isTrue();
		assertThat(week.covers(WEEK.plusNanos(1))).isFalse();
		assertThat(week.covers(Duration.ofMillis(-1))).isFalse();
	}

	private static Duration longest(Duration retention, DurableProperties.Function... functions) {
		return LongestRetention.of(retention, List.of(functions)).duration();
	}

	private static DurableProperties.Function function(Duration retention) {
		return new DurableProperties.Function(null, retention, null);
	}

}
