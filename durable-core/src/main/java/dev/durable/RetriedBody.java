package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * Several operations that are tried again together.
 *
 * @param <T> the result
 * @param <E> the checked exceptions it throws
 */
@FunctionalInterface
public interface RetriedBody<T extends @Nullable Object, E extends Exception> {

	/**
	 * Run, or replay, one attempt.
	 * @param child the context whose operations belong to the attempts
	 * @param attempt the number of the attempt, from 1
	 * @return the result
	 * @throws E if the attempt failed
	 */
	T run(DurableContext child, int attempt) throws E;

}
