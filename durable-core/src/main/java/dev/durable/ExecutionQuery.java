package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * Selects executions; {@code null} matches all.
 *
 * @param function the function's name
 * @param name the execution's name
 * @param status the status
 * @param cursor where to go on, from {@link ExecutionPage#next()}
 * @param limit size of the page, 1 to 1,000
 */
public record ExecutionQuery(@Nullable String function, @Nullable String name, @Nullable ExecutionStatus status,
		@Nullable String cursor, int limit) {

	public ExecutionQuery {
		if (limit < 1 || limit > 1000) {
			throw new IllegalArgumentException("'limit' must be between 1 and 1000 but was " + limit);
		}
	}

	/**
	 * Return the query for all executions, 100 a page.
	 * @return the query
	 */
	public static ExecutionQuery all() {
		return new ExecutionQuery(null, null, null, null, 100);
	}

	/**
	 * Return this query for one function.
	 * @param function the function's name
	 * @return the query
	 */
	public ExecutionQuery withFunction(String function) {
		return new ExecutionQuery(function, this.name, this.status, this.cursor, this.limit);
	}

	/**
	 * Return this query for one execution name.
	 * @param name the execution's name
	 * @return the query
	 */
	public ExecutionQuery withName(String name) {
		return new ExecutionQuery(this.function, name, this.status, this.cursor, this.limit);
	}

	/**
	 * Return this query for one status.
	 * @param status the status
	 * @return the query
	 */
	public ExecutionQuery withStatus(ExecutionStatus status) {
		return new ExecutionQuery(this.function, this.name, status, this.cursor, this.limit);
	}

	/**
	 * Return this query for the page after another.
	 * @param cursor from {@link ExecutionPage#next()}
	 * @return the query
	 */
	public ExecutionQuery after(@Nullable String cursor) {
		return new ExecutionQuery(this.function, this.name, this.status, cursor, this.limit);
	}

	/**
	 * Return this query with another page size.
	 * @param limit 1 to 1,000
	 * @return the query
	 */
	public ExecutionQuery withLimit(int limit) {
		return new ExecutionQuery(this.function, this.name, this.status, this.cursor, limit);
	}

}
