package dev.durable;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/**
 * Retries with growing delays.
 * <p>
 * The delay after attempt n is
 * {@code jitter(min(initialDelay * rate^(n-1) + increment * (n-1), maxDelay))}, in whole
 * seconds and at least one, as AWS's SDKs compute it. Immutable and thread-safe.
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
		return RetryDecision.retryAfter(this.config.backoff.delayAfter(attempt, this.config.random));
	}

	/** Builds a {@link BackoffRetry}; not thread-safe. */
	public static final class Builder {

		private int maxAttempts = 6;

		private Backoff backoff = new Backoff(Duration.ofSeconds(5), 2, Duration.ZERO, Duration.ofSeconds(60),
				Jitter.FULL);

		private Predicate<Throwable> retryIf = (error) -> true;

		private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

		Builder() {
		}

		private Builder(Builder source) {
			this.maxAttempts = source.maxAttempts;
			this.backoff = source.backoff;
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
			this.backoff = this.backoff.withInitialDelay(initialDelay);
			return this;
		}

		/**
		 * Set the factor from one delay to the next (default 2).
		 * @param backoffRate at least 1
		 * @return this builder
		 */
		public Builder backoffRate(double backoffRate) {
			this.backoff = this.backoff.withRate(backoffRate);
			return this;
		}

		/**
		 * Set what each delay grows by, beside the factor (default none).
		 * @param increment zero or more
		 * @return this builder
		 */
		public Builder increment(Duration increment) {
			this.backoff = this.backoff.withIncrement(increment);
			return this;
		}

		/**
		 * Set the upper bound of a delay before jitter (default 60 s).
		 * @param maxDelay zero or more
		 * @return this builder
		 */
		public Builder maxDelay(Duration maxDelay) {
			this.backoff = this.backoff.withMaxDelay(maxDelay);
			return this;
		}

		/**
		 * Set how delays are spread (default {@link Jitter#FULL}).
		 * @param jitter the jitter
		 * @return this builder
		 */
		public Builder jitter(Jitter jitter) {
			this.backoff = this.backoff.withJitter(jitter);
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

	}

}
