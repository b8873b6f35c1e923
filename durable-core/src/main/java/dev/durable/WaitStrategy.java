package dev.durable;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a condition is met, and when it is checked again. Thread-safe.
 *
 * @param <T> the state that checks return
 */
@FunctionalInterface
public interface WaitStrategy<T extends @Nullable Object> {

	/**
	 * Decide after a check. The decision is recorded, so it need not be the same on
	 * replay. An exception fails the operation.
	 * @param state what the check returned
	 * @param attempt the number of the check, from 1
	 * @return the decision
	 */
	WaitDecision decide(T state, int attempt);

	/**
	 * Return a builder with AWS's defaults: at most 60 checks, 5 s growing by half up to
	 * 300 s, full jitter.
	 * @param <T> the state
	 * @param met whether a state meets the condition
	 * @return the builder
	 */
	static <T extends @Nullable Object> BackoffWait.Builder<T> until(Predicate<? super T> met) {
		return new BackoffWait.Builder<>(met);
	}

}
