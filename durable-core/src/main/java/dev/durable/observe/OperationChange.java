package dev.durable.observe;

import java.util.Map;

import dev.durable.ExecutionId;
import dev.durable.OperationId;

/**
 * What was recorded of an execution's operations.
 *
 * @param execution the execution
 * @param updatedOperations the operations that changed
 * @param operations all operations, read when they are asked for
 */
public record OperationChange(ExecutionId execution, Map<OperationId, OperationInfo> updatedOperations,
		Map<OperationId, OperationInfo> operations) {

}
