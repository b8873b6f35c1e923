package dev.durable;

/** Decides whether and when a failed attempt is followed by another. Thread-safe. */
@FunctionalInterface
public interface RetryStrategy {

	/**
	 * Decide after a failed attempt. The decision is recorded, so it need not be the same
	 * on replay.
	 * @param error what the attempt threw
	 * @param attempt the attempt that failed, from 1
	 * @return the decision
	 */
	RetryDecision decide(Throwable error, int attempt);

	/**
	 * Return AWS's default: six attempts, 5 s doubling up to 60 s, full jitter.
	 * @return the strategy
	 */
	static RetryStrategy defaults() {
		return BackoffRetry.DEFAULT;
	}

	/**
	 * Return AWS's linear preset: six attempts, 1 s growing by 1 s up to 5 s, no jitter.
	 * @return the strategy
	 */
	static RetryStrategy linear() {
		return BackoffRetry.LINEAR;
	}

	/**
	 * Return the strategy that never retries.
	 * @return the strategy
	 */
	static RetryStrategy none() {
		return (error, attempt) -> RetryDecision.fail();
	}

	/**
	 * Return a builder for exponential backoff, starting from {@link #defaults()}.
	 * @return the builder
	 */
	static BackoffRetry.Builder backoff() {
		return new BackoffRetry.Builder();
	}

}
