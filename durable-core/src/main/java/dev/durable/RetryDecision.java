package dev.durable;

import java.time.Duration;

/** What happens after a failed attempt. */
public sealed interface RetryDecision {

	/**
	 * Try again after a delay.
	 *
	 * @param delay zero or more; on AWS at least one second
	 */
	record Retry(Duration delay) implements RetryDecision {

		public Retry {
			if (delay.isNegative()) {
				throw new IllegalArgumentException("'delay' must not be negative but was " + delay);
			}
		}

	}

	/** Give up: the operation fails with the attempt's error. */
	record Fail() implements RetryDecision {

	}

	/**
	 * Return the decision to try again.
	 * @param delay zero or more
	 * @return the decision
	 */
	static RetryDecision retryAfter(Duration delay) {
		return new Retry(delay);
	}

	/**
	 * Return the decision to give up.
	 * @return the decision
	 */
	static RetryDecision fail() {
		return new Fail();
	}

}
