package dev.durable;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The result of an operation that was started without waiting for it.
 * <p>
 * Inside an execution this is the only future that may be waited for: waiting on it lets
 * the execution suspend. A future belongs to the execution that made it.
 *
 * @param <T> the result
 */
public interface DurableFuture<T extends @Nullable Object> {

	/**
	 * Wait for the result; the execution suspends when nothing else can go on.
	 * @return the result
	 * @throws DurableException if the operation failed; a step's own exception is
	 * rethrown as it was
	 */
	T get();

	/**
	 * Return whether {@link #get()} would return without waiting. The answer may differ
	 * on replay: do not let the course of the execution depend on it.
	 * @return whether the operation has ended
	 */
	boolean isDone();

	/**
	 * Return a result that is there already: what the body of a step or function gives
	 * back when its method returns a {@code DurableFuture}.
	 * @param <T> the result
	 * @param value the result
	 * @return a future that is done, and is not an operation of any execution
	 */
	static <T extends @Nullable Object> DurableFuture<T> completed(T value) {
		return new CompletedFuture<>(value);
	}

	/**
	 * Wait for all results, in order. The first failure in that order is thrown.
	 * @param <T> the results' type
	 * @param futures the futures
	 * @return their results
	 */
	static <T extends @Nullable Object> List<T> allOf(List<? extends DurableFuture<? extends T>> futures) {
		return futures.stream().<T>map(DurableFuture::get).toList();
	}

}
