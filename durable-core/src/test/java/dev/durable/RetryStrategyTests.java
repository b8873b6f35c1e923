package dev.durable;

import java.time.Duration;
import java.util.stream.IntStream;

import dev.durable.RetryDecision.Fail;
import dev.durable.RetryDecision.Retry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RetryStrategyTests {

	private static final Throwable ERROR = new IllegalStateException();

	private static long[] seconds(RetryStrategy strategy, int attempts) {
		return IntStream.rangeClosed(1, attempts)
			.mapToObj((attempt) -> (Retry) strategy.decide(ERROR, attempt))
			.mapToLong((retry) -> retry.delay().toSeconds())
			.toArray();
	}

	@Test
	void defaultDoublesFromFiveToSixtySecondsAndGivesUpAfterSixAttempts() {
		RetryStrategy highest = RetryStrategy.backoff().random(() -> 0.9999999).build();
		assertThat(seconds(highest, 5)).containsExactly(5, 10, 20, 40, 60);
		assertThat(highest.decide(ERROR, 6)).isInstanceOf(Fail.class);
		RetryStrategy lowest = RetryStrategy.backoff().random(() -> 0).build();
		assertThat(seconds(lowest, 5)).as("never below one second").containsExactly(1, 1, 1, 1, 1);
	}

	@Test
	void linearGrowsByOneSecondUpToFive() {
		assertThat(seconds(RetryStrategy.linear(), 5)).containsExactly(1, 2, 3, 4, 5);
		assertThat(RetryStrategy.linear().decide(ERROR, 6)).isInstanceOf(Fail.class);
	}

	@Test
	void delayBelowASecondIsKept() {
		RetryStrategy fast = RetryStrategy.backoff().initialDelay(Duration.ofMillis(50)).jitter(Jitter.NONE).build();
		assertThat(fast.decide(ERROR, 2)).isEqualTo(RetryDecision.retryAfter(Duration.ofMillis(100)));
	}

	@Test
	void errorThatIsNotRetriedFailsAtOnce() {
		RetryStrategy picky = RetryStrategy.backoff().retryIf(IllegalArgumentException.class::isInstance).build();
		assertThat(picky.decide(ERROR, 1)).isInstanceOf(Fail.class);
	}

	@Test
	void nonsenseIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> RetryStrategy.backoff().maxAttempts(0))
			.withMessage("'maxAttempts' must be at least 1 but was 0");
		assertThatIllegalArgumentException().isThrownBy(() -> RetryStrategy.backoff().backoffRate(Double.NaN))
			.withMessage("'backoffRate' must be at least 1 but was NaN");
		assertThatIllegalArgumentException().isThrownBy(() -> RetryDecision.retryAfter(Duration.ofSeconds(-1)));
	}

}
