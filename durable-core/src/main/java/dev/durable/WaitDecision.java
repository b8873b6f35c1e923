package dev.durable;

import java.time.Duration;

/** What follows a check of a condition. */
public sealed interface WaitDecision {

	/** The condition is met: the state is the result. */
	record Stop() implements WaitDecision {

	}

	/**
	 * Check again after a delay.
	 *
	 * @param delay zero or more; on AWS at least one second
	 */
	record Continue(Duration delay) implements WaitDecision {

		public Continue {
			if (delay.isNegative()) {
				throw new IllegalArgumentException("'delay' must not be negative but was " + delay);
			}
		}

	}

	/** The condition was not met in time: the operation fails. */
	record GiveUp() implements WaitDecision {

	}

	/**
	 * Return the decision that the condition is met.
	 * @return the decision
	 */
	static WaitDecision stop() {
		return new Stop();
	}

	/**
	 * Return the decision to check again.
	 * @param delay zero or more
	 * @return the decision
	 */
	static WaitDecision continueAfter(Duration delay) {
		return new Continue(delay);
	}

	/**
	 * Return the decision to fail.
	 * @return the decision
	 */
	static WaitDecision giveUp() {
		return new GiveUp();
	}

}
