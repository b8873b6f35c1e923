package dev.durable;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One page of executions.
 *
 * @param executions the executions, newest first
 * @param next the cursor of the next page, or {@code null} if this is the last
 */
public record ExecutionPage(List<ExecutionSummary> executions, @Nullable String next) {

	public ExecutionPage {
		executions = List.copyOf(executions);
	}

}
