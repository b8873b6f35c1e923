package dev.durable.store;

import dev.durable.ExecutionId;
import dev.durable.OperationId;

/**
 * The chained invoke that an execution was started by.
 *
 * @param execution the invoking execution
 * @param operation its chained invoke
 */
public record ParentLink(ExecutionId execution, OperationId operation) {

}
