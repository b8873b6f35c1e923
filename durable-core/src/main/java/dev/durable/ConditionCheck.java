package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * Looks whether a condition is met. Runs as a step does: no durable calls inside.
 *
 * @param <T> the state
 * @param <E> the checked exceptions it throws
 */
@FunctionalInterface
public interface ConditionCheck<T extends @Nullable Object, E extends Exception> {

	/**
	 * Look once.
	 * @param state what the last check returned, or the initial state
	 * @param step the attempt
	 * @return the new state, which the codec must be able to write
	 * @throws E if the operation is to fail; checks that throw are not repeated
	 */
	T check(T state, StepContext step) throws E;

}
