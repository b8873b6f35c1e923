package dev.durable.lambda;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LambdaTimeTests {

	@ParameterizedTest
	@CsvSource({ "60000, 500, 59500", "3000, 5000, 2250", "3000, 750, 2250", "0, 500, 0", "-5, 500, 0" })
	void marginIsAQuarterOfTheTimeAtMost(long remaining, long margin, long left) {
		assertThat(LambdaTime.without(Duration.ofMillis(margin), FakeContext.with(Duration.ofMillis(remaining))))
			.isEqualTo(Duration.ofMillis(left));
	}

}
