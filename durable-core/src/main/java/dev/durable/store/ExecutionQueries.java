package dev.durable.store;

import java.util.List;
import java.util.Optional;

import dev.durable.ExecutionId;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;

/** The read side of a store: what people look at. Thread-safe. */
public interface ExecutionQueries {

	/**
	 * Find an execution.
	 * @param id the execution
	 * @return its row
	 */
	Optional<ExecutionRow> find(ExecutionId id);

	/**
	 * List executions, newest first.
	 * @param query which ones
	 * @return one page of them
	 * @throws IllegalArgumentException if the cursor did not come from this store
	 */
	ExecutionPage list(ExecutionQuery query);

	/**
	 * Return part of an execution's history.
	 * @param id the execution
	 * @param after the position before the first to return, from 0
	 * @param limit how many at most, from 1
	 * @return the events in order
	 */
	List<Event> history(ExecutionId id, long after, int limit);

}
