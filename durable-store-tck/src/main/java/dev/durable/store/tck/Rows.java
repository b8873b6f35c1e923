package dev.durable.store.tck;

import java.time.Instant;
import java.util.UUID;

import dev.durable.ExecutionId;
import dev.durable.FunctionVersion;
import dev.durable.OperationId;
import dev.durable.store.CallbackRow;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.Signal;
import dev.durable.store.SignalKind;
import org.jspecify.annotations.Nullable;

/** Builds rows of which a test names only what matters to it. */
final class Rows {

	static final FunctionVersion FUNCTION = new FunctionVersion("process-order", "1");

	static final Instant STARTED_AT = Instant.parse("2026-01-01T00:00:00.123Z");

	static final OperationId OPERATION = new OperationId("operation-1");

	private Rows() {
	}

	static ExecutionId newId() {
		return new ExecutionId(UUID.randomUUID().toString());
	}

	static ExecutionRow row(ExecutionState state) {
		return row(FUNCTION, null, state);
	}

	static ExecutionRow row(FunctionVersion function, @Nullable Instant timeoutAt, ExecutionState state) {
		return new ExecutionRow(new ExecutionIdentity(newId(), function, null, null, "digest", STARTED_AT, timeoutAt),
				state);
	}

	static Signal signal(ExecutionId execution) {
		return signal(execution, STARTED_AT);
	}

	static Signal signal(ExecutionId execution, Instant arrivedAt) {
		return new Signal(UUID.randomUUID().toString(), execution, SignalKind.CALLBACK, OPERATION, arrivedAt);
	}

	static CallbackRow callback(ExecutionId execution) {
		return callback(execution, new CallbackRow.Deadlines(null, null, null));
	}

	static CallbackRow callback(ExecutionId execution, CallbackRow.Deadlines deadlines) {
		return new CallbackRow(new CallbackRow.Key(UUID.randomUUID().toString(), "hash"), execution, OPERATION,
				deadlines, CallbackRow.Outcome.PENDING);
	}

}
