package dev.durable.lambda;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import dev.durable.engine.InvocationOutcome;
import software.amazon.awssdk.services.lambda.model.OperationAction;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;

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
		this.calls.checkpoint(List.of(OperationUpdate.builder()
			.id(this.executionId)
			.type(OperationType.EXECUTION)
			.action(OperationAction.SUCCEED)
			.payload(WireText.write(succeeded.result()))
			.build()));
		return true;
	}

}
