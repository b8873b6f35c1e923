package dev.durable;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The durable operations that have many things side by side. Part of every
 * {@link DurableContext}, whose rules apply.
 */
public interface BatchOperations {

	/**
	 * Do the same with each item of a list, side by side. Each item has a context and a
	 * recorded result of its own.
	 * @param <I> the items
	 * @param <T> the result of one item
	 * @param name the operation's name, or {@code null}
	 * @param items the items, the same on every replay
	 * @param type the type of one item's result
	 * @param options concurrency, completion, and how items are recorded
	 * @param function what is done with each item
	 * @return what came of the items; an item that fails does not fail the map
	 */
	<I extends @Nullable Object, T extends @Nullable Object> BatchResult<T> map(@Nullable String name,
			List<? extends I> items, TypeRef<T> type, BatchOptions options, MapFunction<? super I, T, ?> function);

	/**
	 * Do the same with each item of a list, side by side.
	 * @see #map(String, List, TypeRef, BatchOptions, MapFunction)
	 */
	default <I extends @Nullable Object, T extends @Nullable Object> BatchResult<T> map(@Nullable String name,
			List<? extends I> items, Class<T> type, BatchOptions options, MapFunction<? super I, T, ?> function) {
		return map(name, items, TypeRef.of(type), options, function);
	}

	/**
	 * Do the same with each item of a list, all side by side.
	 * @see #map(String, List, TypeRef, BatchOptions, MapFunction)
	 */
	default <I extends @Nullable Object, T extends @Nullable Object> BatchResult<T> map(@Nullable String name,
			List<? extends I> items, Class<T> type, MapFunction<? super I, T, ?> function) {
		return map(name, items, TypeRef.of(type), BatchOptions.defaults(), function);
	}

	/**
	 * Do the same with each item of a list, without waiting for the results.
	 * @see #map(String, List, TypeRef, BatchOptions, MapFunction)
	 */
	<I extends @Nullable Object, T extends @Nullable Object> DurableFuture<BatchResult<T>> mapAsync(
			@Nullable String name, List<? extends I> items, TypeRef<T> type, BatchOptions options,
			MapFunction<? super I, T, ?> function);

	/**
	 * Run several branches side by side. Each has a context and a recorded result of its
	 * own.
	 * @param <T> the branches' result
	 * @param name the operation's name, or {@code null}
	 * @param branches the branches, the same on every replay
	 * @param type the type of the branches' results
	 * @param options concurrency, completion, and how branches are recorded
	 * @return what came of the branches; a branch that fails does not fail the parallel
	 */
	<T extends @Nullable Object> BatchResult<T> parallel(@Nullable String name, List<ParallelBranch<T>> branches,
			TypeRef<T> type, BatchOptions options);

	/**
	 * Run several branches side by side.
	 * @see #parallel(String, List, TypeRef, BatchOptions)
	 */
	default <T extends @Nullable Object> BatchResult<T> parallel(@Nullable String name,
			List<ParallelBranch<T>> branches, Class<T> type, BatchOptions options) {
		return parallel(name, branches, TypeRef.of(type), options);
	}

	/**
	 * Run several branches, all side by side.
	 * @see #parallel(String, List, TypeRef, BatchOptions)
	 */
	default <T extends @Nullable Object> BatchResult<T> parallel(@Nullable String name,
			List<ParallelBranch<T>> branches, Class<T> type) {
		return parallel(name, branches, TypeRef.of(type), BatchOptions.defaults());
	}

	/**
	 * Run several branches, without waiting for their results.
	 * @see #parallel(String, List, TypeRef, BatchOptions)
	 */
	<T extends @Nullable Object> DurableFuture<BatchResult<T>> parallelAsync(@Nullable String name,
			List<ParallelBranch<T>> branches, TypeRef<T> type, BatchOptions options);

	/**
	 * Wait until the first of several operations has ended. On replay the same one wins.
	 * @param <T> the result
	 * @param name the operation's name, or {@code null}
	 * @param futures the futures of operations of this execution, at least one; not of
	 * {@link DurableContext#withRetryAsync}, which leaves no record
	 * @return the future that won, whose {@code get} returns or throws at once
	 */
	<T extends @Nullable Object> DurableFuture<T> anyOf(@Nullable String name,
			List<? extends DurableFuture<? extends T>> futures);

}
