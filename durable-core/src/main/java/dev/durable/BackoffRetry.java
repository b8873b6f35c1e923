package dev.durable;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/**
 * Retries with growing delays.
 * <p>
 * The delay after attempt n is
 * {@code jitter(min(initialDelay * rate^(n-1) + increment * (n-1), maxDelay))}, and at
 * least {@code minDelay}, as AWS's SDKs compute it. Immutable and thread-safe.
 */
public final class BackoffRetry implements RetryStrategy {

	static final RetryStrategy DEFAULT = new Builder().build();

	static final RetryStrategy LINEAR = new Builder().initialDelay(Duration.ofSeconds(1))
		.backoffRate(1)
		.increment(Duration.ofSeconds(1))
		.maxDelay(Duration.ofSeconds(5))
		.jitter(Jitter.NONE)
		.build();

	private final Builder config;

	private BackoffRetry(Builder config) {
		this.config = config;
	}

	@Override
	public RetryDecision decide(Throwable error, int attempt) {
		if (attempt >= this.config.maxAttempts || !this.config.retryIf.test(error)) {
			return RetryDecision.fail();
		}
		return RetryDecision.retryAfter(delayAfter(attempt));
	}

	private Duration delayAfter(int attempt) {
		double grown = this.config.initialDelay.toMillis() * Math.pow(this.config.backoffRate, attempt - 1.0)
				+ this.config.increment.toMillis() * (attempt - 1.0);
		double capped = Math.min(grown, this.config.maxDelay.toMillis());
		double spread = switch (this.config.jitter) {
			case NONE -> capped;
			case HALF -> capped / 2 + capped / 2 * this.config.random.getAsDouble();
			case FULL -> capped * this.config.random.getAsDouble();
		};
		if (this.config.wholeSeconds) {
			spread = Math.round(spread / 1000) * 1000.0;
		}
		return Duration.ofMillis((long) Math.max(this.config.minDelay.toMillis(), spread));
	}

	/** Builds a {@link BackoffRetry}; not thread-safe. */
	public static final class Builder {

		private int maxAttempts = 6;

		private Duration initialDelay = Duration.ofSeconds(5);

		private double backoffRate = 2;

		private Duration increment = Duration.ZERO;

		private Duration maxDelay = Duration.ofSeconds(60);

		private Duration minDelay = Duration.ofSeconds(1);

		private boolean wholeSeconds = true;

		private Jitter jitter = Jitter.FULL;

		private Predicate<Throwable> retryIf = (error) -> true;

		private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

		Builder() {
		}

		private Builder(Builder source) {
			this.maxAttempts = source.maxAttempts;
			this.initialDelay = source.initialDelay;
			this.backoffRate = source.backoffRate;
			this.increment = source.increment;
			this.maxDelay = source.maxDelay;
			this.minDelay = source.minDelay;
			this.wholeSeconds = source.wholeSeconds;
			this.jitter = source.jitter;
			this.retryIf = source.retryIf;
			this.random = source.random;
		}

		/**
		 * Set the number of attempts, the first included (default 6).
		 * @param maxAttempts at least 1
		 * @return this builder
		 */
		public Builder maxAttempts(int maxAttempts) {
			if (maxAttempts < 1) {
				throw new IllegalArgumentException("'maxAttempts' must be at least 1 but was " + maxAttempts);
			}
			this.maxAttempts = maxAttempts;
			return this;
		}

		/**
		 * Set the delay after the first attempt (default 5 s). A delay below one second
		 * also lifts the floor of one second and the rounding to seconds that AWS has.
		 * @param initialDelay zero or more
		 * @return this builder
		 */
		public Builder initialDelay(Duration initialDelay) {
			this.initialDelay = notNegative("initialDelay", initialDelay);
			if (initialDelay.compareTo(Duration.ofSeconds(1)) < 0) {
				this.minDelay = Duration.ZERO;
				this.wholeSeconds = false;
			}
			return this;
		}

		/**
		 * Set the factor from one delay to the next (default 2).
		 * @param backoffRate at least 1
		 * @return this builder
		 */
		public Builder backoffRate(double backoffRate) {
			if (!(backoffRate >= 1)) {
				throw new IllegalArgumentException("'backoffRate' must be at least 1 but was " + backoffRate);
			}
			this.backoffRate = backoffRate;
			return this;
		}

		/**
		 * Set what each delay grows by, beside the factor (default none).
		 * @param increment zero or more
		 * @return this builder
		 */
		public Builder increment(Duration increment) {
			this.increment = notNegative("increment", increment);
			return this;
		}

		/**
		 * Set the upper bound of a delay before jitter (default 60 s).
		 * @param maxDelay zero or more
		 * @return this builder
		 */
		public Builder maxDelay(Duration maxDelay) {
			this.maxDelay = notNegative("maxDelay", maxDelay);
			return this;
		}

		/**
		 * Set how delays are spread (default {@link Jitter#FULL}).
		 * @param jitter the jitter
		 * @return this builder
		 */
		public Builder jitter(Jitter jitter) {
			this.jitter = jitter;
			return this;
		}

		/**
		 * Retry only these errors (default all).
		 * @param retryIf whether an error is retried
		 * @return this builder
		 */
		public Builder retryIf(Predicate<Throwable> retryIf) {
			this.retryIf = retryIf;
			return this;
		}

		Builder random(DoubleSupplier random) {
			this.random = random;
			return this;
		}

		/**
		 * Build the strategy.
		 * @return the strategy
		 */
		public RetryStrategy build() {
			return new BackoffRetry(new Builder(this));
		}

		private static Duration notNegative(String field, Duration value) {
			if (value.isNegative()) {
				throw new IllegalArgumentException("'%s' must not be negative but was %s".formatted(field, value));
			}
			return value;
		}

	}

}
