package dev.durable.store.tck;

import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.StepContext;

/**
 * A run of a step's body.
 *
 * @param execution the execution
 * @param operation the step
 * @param attempt which attempt it is, from 1
 */
public record BodyRun(ExecutionId execution, OperationId operation, int attempt) {

	/** On Lambda a step is told an ARN, whose last part is what the store calls it. */
	static BodyRun of(StepContext step) {
		String id = step.executionId().value();
		return new BodyRun(new ExecutionId(id.substring(id.lastIndexOf('/') + 1)), step.operationId(), step.attempt());
	}

}
