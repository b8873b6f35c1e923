package dev.durable.lambda.emulator;

import java.time.Duration;

/**
 * How many times faster than on AWS waits, retries and timeouts pass. What is recorded is
 * the short time; the whole seconds that were asked for can be told from it.
 *
 * @param factor 1 to 1,000
 */
record Speed(int factor) {

	private static final int FASTEST = 1_000;

	Speed {
		if (factor < 1 || factor > FASTEST) {
			throw new IllegalArgumentException(
					"'speed' must be from 1 to %d times but was %d".formatted(FASTEST, factor));
		}
	}

	boolean isReal() {
		return this.factor == 1;
	}

	/** How long something really takes, in milliseconds, rounded up. */
	Duration shorten(Duration asked) {
		return Duration.ofMillis((asked.toMillis() + this.factor - 1) / this.factor);
	}

	/** The seconds that were asked for: rounding added less than one of them. */
	long askedSeconds(Duration recorded) {
		return recorded.multipliedBy(this.factor).toSeconds();
	}

}
