package dev.durable.journal;

import java.time.Instant;
import java.util.Set;

import dev.durable.FunctionVersion;
import dev.durable.OperationId;

/**
 * What a host knows of an invocation before it runs.
 *
 * @param function the function that it runs
 * @param requestId what tells it from the execution's other invocations
 * @param first whether it is the execution's first
 * @param executionStartedAt when the execution began
 * @param updated operations that were changed from outside since the invocation before
 */
public record InvocationFacts(FunctionVersion function, String requestId, boolean first, Instant executionStartedAt,
		Set<OperationId> updated) {

}
