package dev.durable;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Growing delays, as AWS's SDKs compute them:
 * {@code jitter(min(initialDelay * rate^(n-1) + increment * (n-1), maxDelay))}.
 * <p>
 * From one second up delays are whole seconds and at least one, as on AWS; an initial
 * delay below one second lifts both.
 *
 * @param initialDelay zero or more
 * @param rate factor from one delay to the next, at least 1
 * @param increment what each delay grows by beside the factor, zero or more
 * @param maxDelay upper bound before jitter, zero or more
 * @param jitter how delays are spread
 */
record Backoff(Duration initialDelay, double rate, Duration increment, Duration maxDelay, Jitter jitter) {

	private static final Duration SECOND = Duration.ofSeconds(1);

	Backoff {
		notNegative("initialDelay", initialDelay);
		notNegative("increment", increment);
		notNegative("maxDelay", maxDelay);
		if (!(rate >= 1)) {
			throw new IllegalArgumentException("'backoffRate' must be at least 1 but was " + rate);
		}
	}

	/** The delay after attempt n, counted from 1. */
	Duration delayAfter(int attempt, DoubleSupplier random) {
		double grown = this.initialDelay.toMillis() * Math.pow(this.rate, attempt - 1.0)
				+ this.increment.toMillis() * (attempt - 1.0);
		double capped = Math.min(grown, this.maxDelay.toMillis());
		double spread = switch (this.jitter) {
			case NONE -> capped;
			case HALF -> capped / 2 + capped / 2 * random.getAsDouble();
			case FULL -> capped * random.getAsDouble();
		};
		if (this.initialDelay.compareTo(SECOND) < 0) {
			return Duration.ofMillis((long) spread);
		}
		return Duration.ofSeconds(Math.max(1, Math.round(spread / 1000)));
	}

	Backoff withInitialDelay(Duration initialDelay) {
		return new Backoff(initialDelay, this.rate, this.increment, this.maxDelay, this.jitter);
	}

	Backoff withRate(double rate) {
		return new Backoff(this.initialDelay, rate, this.increment, this.maxDelay, this.jitter);
	}

	Backoff withIncrement(Duration increment) {
		return new Backoff(this.initialDelay, this.rate, increment, this.maxDelay, this.jitter);
	}

	Backoff withMaxDelay(Duration maxDelay) {
		return new Backoff(this.initialDelay, this.rate, this.increment, maxDelay, this.jitter);
	}

	Backoff withJitter(Jitter jitter) {
		return new Backoff(this.initialDelay, this.rate, this.increment, this.maxDelay, jitter);
	}

	private static void notNegative(String field, Duration value) {
		if (value.isNegative()) {
			throw new IllegalArgumentException("'%s' must not be negative but was %s".formatted(field, value));
		}
	}

}
