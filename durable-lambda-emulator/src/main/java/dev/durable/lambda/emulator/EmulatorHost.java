package dev.durable.lambda.emulator;

import java.time.Duration;
import java.util.List;

import dev.durable.ExecutionId;
import dev.durable.FunctionVersion;
import dev.durable.engine.FunctionDefinition;
import dev.durable.store.Event;
import dev.durable.store.ExecutionRow;
import dev.durable.store.memory.MemoryCheckpointStore;

/**
 * What the parts of one emulator share.
 *
 * @param store where executions are kept
 * @param functions the functions
 * @param listener watches checkpoints
 * @param speed how fast time passes
 * @param retries what follows a failed invocation
 * @param live what is known of executions while they are invoked
 */
record EmulatorHost(MemoryCheckpointStore store, Functions functions, CheckpointListener listener, Speed speed,
		Retries retries, LiveExecutions live) {

	WireErrorCodec errors() {
		return new WireErrorCodec();
	}

	UpdateTranslation translation() {
		return new UpdateTranslation(this.functions, errors(), this.speed);
	}

	List<Event> history(ExecutionId execution) {
		return this.store.history(execution, 0, Integer.MAX_VALUE);
	}

	/** Find an execution; its whole ARN must be right. */
	ExecutionRow find(ExecutionArn arn) {
		return this.store.find(arn.id())
			.filter((row) -> ExecutionArn.of(row.identity()).equals(arn))
			.orElseThrow(() -> AwsException.notFound("There is no durable execution %s", arn));
	}

	ExecutionArn arn(ExecutionId id) {
		return this.store.find(id)
			.map((row) -> ExecutionArn.of(row.identity()))
			.orElseThrow(() -> new IllegalStateException("Execution '%s' is not stored".formatted(id)));
	}

	/** The functions as the engine knows them: their code runs elsewhere. */
	List<FunctionDefinition> definitions() {
		return this.functions.names().stream().map((name) -> {
			EmulatedFunction function = this.functions.get(name);
			return new FunctionDefinition(new FunctionVersion(name, EmulatedFunction.VERSION), String.class,
					String.class, this.speed.shorten(function.executionTimeout()),
					Duration.ofDays(function.retentionDays()), (context, input) -> {
						throw new IllegalStateException("Functions of the emulator do not run in its engine");
					});
		}).toList();
	}

	/**
	 * What follows a failed invocation.
	 *
	 * @param attempts how many invocations may fail, one after another, before the
	 * execution fails
	 * @param pause how long one waits for the next
	 */
	record Retries(int attempts, Duration pause) {

		Retries {
			if (attempts < 1) {
				throw new IllegalArgumentException("'attempts' must be at least 1 but was " + attempts);
			}
			if (pause.isNegative()) {
				throw new IllegalArgumentException("'pause' must not be negative but was " + pause);
			}
		}

	}

}
