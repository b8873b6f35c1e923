package dev.durable.lambda;

import java.time.Instant;
import java.util.Set;

import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.OperationType;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An execution as an invocation finds it.
 *
 * @param id its id
 * @param input its encoded input, or {@code null} for none
 * @param startedAt when it began
 * @param first whether no invocation has recorded anything
 * @param updated operations that changed since the invocation before
 * @param known its operations
 */
record LoadedExecution(ExecutionId id, @Nullable Payload input, Instant startedAt, boolean first,
		Set<OperationId> updated, KnownOperations known) {

	/**
	 * Load an execution.
	 * @param envelope what the service handed over
	 * @param calls reads what is not in it
	 * @param reader reads operations
	 * @param budget counts them
	 * @throws LambdaInvocationException if the execution itself is not among them
	 */
	static LoadedExecution load(DurableEnvelope envelope, CheckpointCalls calls, OperationReader reader,
			Budget budget) {
		KnownOperations known = new KnownOperations();
		JsonNode execution = null;
		for (JsonNode operation : calls.operations(envelope.state())) {
			if (OperationReader.type(operation) == OperationType.EXECUTION) {
				execution = operation;
			}
			else {
				OperationState state = reader.read(operation);
				known.put(state);
				budget.recorded(Math.max(1, state.attempt()), OperationReader.bytes(operation));
			}
		}
		if (execution == null) {
			throw new LambdaInvocationException(
					"The state of '%s' must contain the operation of type EXECUTION but has only %d others"
						.formatted(envelope.arn(), known.all().size()),
					null);
		}
		budget.recorded(0, OperationReader.bytes(execution));
		String input = execution.path("ExecutionDetails").path("InputPayload").stringValue(null);
		Instant startedAt = WireTimes.read(execution.path("StartTimestamp"));
		return new LoadedExecution(envelope.execution(), (input != null) ? WireText.read(input) : null,
				(startedAt != null) ? startedAt : Instant.EPOCH, known.all().isEmpty(), envelope.updated(), known);
	}

}
