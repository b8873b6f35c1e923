package dev.durable;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A hold on one execution, wherever it runs. Thread-safe.
 *
 * @param <T> the result
 */
public interface ExecutionHandle<T extends @Nullable Object> {

	/**
	 * Return the execution's id.
	 * @return the id
	 */
	ExecutionId id();

	/**
	 * Return where the execution stands now.
	 * @return the status
	 * @throws UnknownExecutionException if there is no such execution
	 */
	ExecutionStatus status();

	/**
	 * Wait for the execution to end. Not for use inside an execution or a transaction
	 * that started it: it would wait for itself.
	 * @param timeout how long to wait, zero to look once
	 * @return the result
	 * @throws ExecutionFailedException if it ended without a result
	 * @throws ExecutionTimeoutException if it has not ended in time; it goes on
	 * @throws UnknownExecutionException if there is no such execution
	 * @throws IllegalStateException if called inside an execution
	 */
	T result(Duration timeout);

	/**
	 * Return what was recorded so far, oldest first.
	 * @return the events
	 * @throws UnknownExecutionException if there is no such execution
	 */
	List<HistoryEvent> history();

	/**
	 * Stop the execution: it ends at once, and running code ends at its next checkpoint.
	 * @param reason recorded with the stop
	 * @return {@code false} if it had ended before
	 * @throws UnknownExecutionException if there is no such execution
	 */
	boolean stop(String reason);

}
