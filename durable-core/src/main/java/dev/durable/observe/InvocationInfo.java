package dev.durable.observe;

import java.time.Instant;
import java.util.Map;

import dev.durable.ExecutionId;
import dev.durable.FunctionVersion;
import dev.durable.OperationId;

/**
 * An invocation as listeners see it.
 *
 * @param execution its execution
 * @param function the function that it runs
 * @param requestId what tells it from the execution's other invocations
 * @param first whether it is the execution's first
 * @param executionStartedAt when the execution began
 * @param operations what is recorded of the execution's operations, read when it is asked
 * for
 * @param updatedOperations those that were changed from outside since the invocation
 * before
 */
public record InvocationInfo(ExecutionId execution, FunctionVersion function, String requestId, boolean first,
		Instant executionStartedAt, Map<OperationId, OperationInfo> operations,
		Map<OperationId, OperationInfo> updatedOperations) {

}
