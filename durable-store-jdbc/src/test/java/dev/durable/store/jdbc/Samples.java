package dev.durable.store.jdbc;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.FunctionVersion;
import dev.durable.OperationId;
import dev.durable.OperationSubType;
import dev.durable.codec.Payload;
import dev.durable.store.Append;
import dev.durable.store.CallbackRow;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import dev.durable.OperationRef;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.RowChange;
import dev.durable.store.Signal;
import dev.durable.store.SignalKind;
import org.jspecify.annotations.Nullable;

/** What tests append. */
final class Samples {

	static final FunctionVersion FUNCTION = new FunctionVersion("process-order", "1");

	static final NodeId NODE = new NodeId("node-1");

	static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");

	private Samples() {
	}

	static ExecutionId newId() {
		return new ExecutionId(UUID.randomUUID().toString());
	}

	static Append create(ExecutionId id) {
		return create(id, ExecutionState.owned(NODE, 0));
	}

	static Append create(ExecutionId id, ExecutionState state) {
		ExecutionRow row = new ExecutionRow(new ExecutionIdentity(id, FUNCTION, null, null, "digest", NOW, null),
				state);
		return new Append(id, List.of(event(1, "creator")), new RowChange.Create(row), Effects.NONE);
	}

	static Append event(ExecutionId id, long position) {
		return event(id, position, "invocation-1");
	}

	static Append event(ExecutionId id, long position, String invocation) {
		return new Append(id, List.of(event(position, invocation)), new RowChange.None(), Effects.NONE);
	}

	static Append following(ExecutionId id, long position, String invocation) {
		return new Append(id, List.of(event(position, "invocation-1")), new RowChange.None(), Effects.NONE, invocation);
	}

	static Append update(ExecutionId id, long position, ExecutionState state) {
		return new Append(id, List.of(event(position, "invocation-1")), new RowChange.Update(state), Effects.NONE);
	}

	static Append signalling(ExecutionId id, long position, ExecutionId receiver) {
		return new Append(id, List.of(event(position, "invocation-1")), new RowChange.None(),
				new Effects(List.of(), List.of(), List.of(signal(receiver)), false));
	}

	static Append callback(ExecutionId id, long position, String lookup) {
		CallbackRow row = new CallbackRow(new CallbackRow.Key(lookup, "hash"), id, new OperationId("op"),
				new CallbackRow.Deadlines(null, null, null), CallbackRow.Outcome.PENDING);
		return new Append(id, List.of(event(position, "invocation-1")), new RowChange.None(),
				new Effects(List.of(row), List.of(), List.of(), false));
	}

	static Signal signal(ExecutionId receiver) {
		return new Signal(UUID.randomUUID().toString(), receiver, SignalKind.CALLBACK, new OperationId("op"), NOW);
	}

	static Event event(long position, String invocation) {
		return new Event(position, EventType.STEP_SUCCEEDED, invocation, NOW,
				new OperationRef(new OperationId("op-" + position), null, "reserve", OperationSubType.STEP),
				new EventContent(Payload.ofText("\"result\""), null, EventDetails.NONE.with("attempt", 1)));
	}

	/** Wait for an append; what it failed with, or {@code null}. */
	static @Nullable Throwable outcome(CompletionStage<Void> append) {
		try {
			append.toCompletableFuture().join();
			return null;
		}
		catch (CompletionException ex) {
			return ex.getCause();
		}
	}

}
