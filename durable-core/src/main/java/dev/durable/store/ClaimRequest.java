package dev.durable.store;

import java.time.Instant;
import java.util.Set;

import dev.durable.FunctionVersion;

/**
 * Asks for executions to work on.
 *
 * @param node who asks
 * @param functions the code that the node has
 * @param now the store's time
 * @param limit how many at most, from 1
 */
public record ClaimRequest(NodeId node, Set<FunctionVersion> functions, Instant now, int limit) {

	public ClaimRequest {
		functions = Set.copyOf(functions);
		if (limit < 1) {
			throw new IllegalArgumentException("'limit' must be at least 1 but was " + limit);
		}
	}

}
