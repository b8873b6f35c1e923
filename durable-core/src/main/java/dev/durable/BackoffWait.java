package dev.durable;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Checks a condition again with growing delays. Immutable and thread-safe.
 *
 * @param <T> the state that checks return
 */
public final class BackoffWait<T extends @Nullable Object> implements WaitStrategy<T> {

	private final Predicate<? super T> met;

	private final int maxAttempts;

	private final Backoff backoff;

	private BackoffWait(Builder<T> builder) {
		this.met = builder.met;
		this.maxAttempts = builder.maxAttempts;
		this.backoff = builder.backoff;
	}

	@Override
	public WaitDecision decide(T state, int attempt) {
		if (this.met.test(state)) {
			return WaitDecision.stop();
		}
		if (attempt >= this.maxAttempts) {
			return WaitDecision.giveUp();
		}
		return WaitDecision
			.continueAfter(this.backoff.delayAfter(attempt, () -> ThreadLocalRandom.current().nextDouble()));
	}

	/**
	 * Builds a {@link BackoffWait}; not thread-safe.
	 *
	 * @param <T> the state that checks return
	 */
	public static final class Builder<T extends @Nullable Object> {

		private final Predicate<? super T> met;

		private int maxAttempts = 60;

		private Backoff backoff = new Backoff(Duration.ofSeconds(5), 1.5, Duration.ZERO, Duration.ofSeconds(300),
				Jitter.FULL);

		Builder(Predicate<? super T> met) {
			this.met = met;
		}

		/**
		 * Set the number of checks (default 60).
		 * @param maxAttempts at least 1
		 * @return this builder
		 */
		public Builder<T> maxAttempts(int maxAttempts) {
			if (maxAttempts < 1) {
				throw new IllegalArgumentException("'maxAttempts' must be at least 1 but was " + maxAttempts);
			}
			this.maxAttempts = maxAttempts;
			return this;
		}

		/**
		 * Set one delay for all checks, without jitter.
		 * @param delay zero or more; on AWS at least one second
		 * @return this builder
		 */
		public Builder<T> fixedDelay(Duration delay) {
			this.backoff = new Backoff(delay, 1, Duration.ZERO, delay, Jitter.NONE);
			return this;
		}

		/**
		 * Set the delay after the first check (default 5 s). A delay below one second
		 * also lifts the floor of one second and the rounding to seconds that AWS has.
		 * @param initialDelay zero or more
		 * @return this builder
		 */
		public Builder<T> initialDelay(Duration initialDelay) {
			this.backoff = this.backoff.withInitialDelay(initialDelay);
			return this;
		}

		/**
		 * Set the factor from one delay to the next (default 1.5).
		 * @param backoffRate at least 1
		 * @return this builder
		 */
		public Builder<T> backoffRate(double backoffRate) {
			this.backoff = this.backoff.withRate(backoffRate);
			return this;
		}

		/**
		 * Set the upper bound of a delay before jitter (default 300 s).
		 * @param maxDelay zero or more
		 * @return this builder
		 */
		public Builder<T> maxDelay(Duration maxDelay) {
			this.backoff = this.backoff.withMaxDelay(maxDelay);
			return this;
		}

		/**
		 * Set how delays are spread (default {@link Jitter#FULL}).
		 * @param jitter the jitter
		 * @return this builder
		 */
		public Builder<T> jitter(Jitter jitter) {
			this.backoff = this.backoff.withJitter(jitter);
			return this;
		}

		/**
		 * Build the strategy.
		 * @return the strategy
		 */
		public WaitStrategy<T> build() {
			return new BackoffWait<>(this);
		}

	}

}
