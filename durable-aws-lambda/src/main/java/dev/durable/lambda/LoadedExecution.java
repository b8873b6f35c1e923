package dev.durable.lambda;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.OperationType;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.Operation;

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
	 * @throws LambdaInvocationException if the execution itself is not among them
	 */
	static LoadedExecution load(DurableEnvelope envelope, CheckpointCalls calls, OperationReader reader) {
		KnownOperations known = new KnownOperations();
		Operation execution = take(envelope.operations(), known, reader);
		Operation further = take(calls.pages(envelope.marker()), known, reader);
		Operation found = (execution != null) ? execution : further;
		if (found == null) {
			throw new LambdaInvocationException(
					"The state of '%s' must contain the operation of type EXECUTION but has only %d others"
						.formatted(envelope.arn(), known.all().size()),
					null);
		}
		String input = (found.executionDetails() != null) ? found.executionDetails().inputPayload() : null;
		Instant startedAt = (found.startTimestamp() != null) ? found.startTimestamp() : Instant.EPOCH;
		return new LoadedExecution(envelope.execution(), (input != null) ? WireText.read(input) : null, startedAt,
				known.all().isEmpty(), envelope.updated(), known);
	}

	private static @Nullable Operation take(List<Operation> operations, KnownOperations known, OperationReader reader) {
		Operation execution = null;
		for (Operation operation : operations) {
			if (OperationReader.type(operation) == OperationType.EXECUTION) {
				execution = operation;
			}
			else {
				OperationState state = reader.read(operation);
				known.put(state);
			}
		}
		return execution;
	}

}
