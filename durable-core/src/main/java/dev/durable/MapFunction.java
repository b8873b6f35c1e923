package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * What a map does with each item; may call durable operations on the item's context.
 *
 * @param <I> the items
 * @param <T> the result
 * @param <E> the checked exceptions it throws
 */
@FunctionalInterface
public interface MapFunction<I extends @Nullable Object, T extends @Nullable Object, E extends Exception> {

	/**
	 * Run, or replay, one item.
	 * @param child the context whose operations belong to the item
	 * @param item the item
	 * @param index its place among the items, from zero
	 * @return the result, which the codec must be able to write
	 * @throws E if the item failed
	 */
	T apply(DurableContext child, I item, int index) throws E;

}
