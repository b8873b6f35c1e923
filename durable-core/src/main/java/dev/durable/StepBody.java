package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * The code of a step, whose result is recorded.
 *
 * @param <T> the result
 * @param <E> the checked exceptions it throws
 */
@FunctionalInterface
public interface StepBody<T extends @Nullable Object, E extends Exception> {

	/**
	 * Run one attempt.
	 * @param step what is known of this attempt
	 * @return the result, which the payload codec must be able to write
	 * @throws E if the attempt failed
	 */
	T run(StepContext step) throws E;

}
