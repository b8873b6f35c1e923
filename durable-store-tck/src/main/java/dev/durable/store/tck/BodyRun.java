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

	static BodyRun of(StepContext step) {
		return new BodyRun(step.executionId(), step.operationId(), step.attempt());
	}

}
