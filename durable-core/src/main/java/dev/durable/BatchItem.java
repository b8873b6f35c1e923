package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * What came of one item of a map or one branch of a parallel.
 *
 * @param <T> the result
 * @param index its place among the items, from zero
 * @param name its name, or {@code null}
 * @param status where it stood when the operation ended
 * @param result its result; {@code null} unless it succeeded
 * @param error its error; {@code null} unless it failed
 */
public record BatchItem<T extends @Nullable Object>(int index, @Nullable String name, BatchItemStatus status,
		@Nullable T result, @Nullable ErrorObject error) {

}
