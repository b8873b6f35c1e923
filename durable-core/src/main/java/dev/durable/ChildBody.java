package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * The code of a child context, which may call durable operations of its own.
 *
 * @param <T> the result
 * @param <E> the checked exceptions it throws
 */
@FunctionalInterface
public interface ChildBody<T extends @Nullable Object, E extends Exception> {

	/**
	 * Run, or replay, the child context.
	 * @param child the context whose operations belong to the child
	 * @return the result, which the payload codec must be able to write
	 * @throws E if the child context failed
	 */
	T run(DurableContext child) throws E;

}
