package dev.durable.lambda;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import dev.durable.OperationType;
import dev.durable.engine.InvocationOutcome;
import dev.durable.journal.OperationAction;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How one invocation is recorded.
 *
 * @param calls calls the service
 * @param checkpointing sends updates while code runs
 * @param budget counts them
 * @param check checks them
 * @param clock tells the time
 * @param executionId the id of the execution among its operations
 * @param maxResponse the most bytes of an answer
 */
record Recording(CheckpointCalls calls, Checkpointing checkpointing, Budget budget, UpdateCheck check, Clock clock,
		String executionId, int maxResponse) {

	LambdaRecorder recorder() {
		return new LambdaRecorder(this.checkpointing, this.budget, this.check, this.clock);
	}

	Instant now() {
		return this.clock.instant();
	}

	/**
	 * Record a result that does not fit into the answer; to be called when nothing else
	 * is being recorded.
	 * @return whether it did not fit
	 */
	boolean recordIfTooLarge(InvocationOutcome.Succeeded succeeded) {
		if (Answer.succeeded(succeeded.result()).length <= this.maxResponse) {
			return false;
		}
		this.calls.checkpoint(List.of(JsonNodeFactory.instance.objectNode()
			.put("Id", this.executionId)
			.put("Type", OperationType.EXECUTION.name())
			.put("Action", OperationAction.SUCCEED.name())
			.put("Payload", WireText.write(succeeded.result()))));
		return true;
	}

}
