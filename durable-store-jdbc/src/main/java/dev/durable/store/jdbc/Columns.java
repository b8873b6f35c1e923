package dev.durable.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.durable.OperationId;
import dev.durable.codec.Payload;
import dev.durable.store.CallbackRow;
import dev.durable.OperationRef;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.ParentLink;
import dev.durable.store.Signal;
import org.jspecify.annotations.Nullable;

/** The columns of the tables, in one place, and how they are written. */
final class Columns {

	static final List<Column<AppendGroup.NewEvent>> EVENT = List.of(
			Column.text("execution_id", (row) -> row.execution().value()),
			Column.text("event_type", (row) -> row.event().type().text()),
			Column.text("invocation", (row) -> row.event().invocation()),
			Column.number("recorded_at", (row) -> row.event().timestamp().toEpochMilli()),
			Column.text("operation_id", (row) -> of(row, (operation) -> operation.id().value())),
			Column.text("parent_id", (row) -> of(row, (operation) -> value(operation.parentId()))),
			Column.text("operation_name", (row) -> of(row, OperationRef::name)),
			Column.text("operation_subtype", (row) -> of(row, (operation) -> operation.subType().text())),
			Column.bytes("payload", (row) -> bytes(row.event().content().payload())),
			Column.bytes("error", (row) -> bytes(row.event().content().error())),
			Column.text("details", (row) -> textOrNull(row.event().content().details().encode())),
			// last, because it may depend on what is there
			Column.number("position", (row) -> row.event().position()));

	/** What tells the event that another one follows. */
	static final List<Column<AppendGroup.NewEvent>> PREDECESSOR = List.of(
			Column.number("previous_position",
					(row) -> (row.predecessor() != null) ? (Long) row.predecessor().position() : null),
			Column.text("previous_invocation",
					(row) -> (row.predecessor() != null) ? row.predecessor().invocation() : null));

	static final List<Column<AppendGroup.NewEvent>> EVENT_AND_PREDECESSOR = concat(EVENT, PREDECESSOR);

	static final List<Column<ExecutionState>> STATE = List.of(Column.text("status", (state) -> state.status().name()),
			Column.text("node", (state) -> (state.node() != null) ? state.node().value() : null),
			Column.number("wake_at", (state) -> state.status().isTerminal() ? null : millis(state.wakeAt())),
			Column.number("failures", (state) -> (long) state.failures()),
			Column.text("blocked_reason", (state) -> withoutNul(state.blockedReason())),
			Column.number("ended_at", (state) -> millis(state.endedAt())),
			Column.number("expires_at", (state) -> millis(state.expiresAt())));

	static final List<Column<ExecutionRow>> EXECUTION = concat(
			List.of(Column.text("id", (row) -> row.identity().id().value()),
					Column.text("function_name", (row) -> row.identity().function().name()),
					Column.text("function_version", (row) -> row.identity().function().version()),
					Column.text("execution_name", (row) -> row.identity().name()),
					Column.text("parent_execution", (row) -> of(row, (parent) -> parent.execution().value())),
					Column.text("parent_operation", (row) -> of(row, (parent) -> parent.operation().value())),
					Column.text("input_digest", (row) -> row.identity().inputDigest()),
					Column.number("started_at", (row) -> row.identity().startedAt().toEpochMilli()),
					Column.number("timeout_at", (row) -> millis(row.identity().timeoutAt()))),
			within(STATE, ExecutionRow::state));

	static final List<Column<AppendGroup.NewState>> NEW_STATE = concat(
			List.of(Column.text("id", (row) -> row.execution().value())), within(STATE, AppendGroup.NewState::state));

	static final List<Column<CallbackRow>> CALLBACK = List.of(Column.text("lookup", (row) -> row.key().lookup()),
			Column.text("secret_hash", (row) -> row.key().secretHash()),
			Column.text("execution_id", (row) -> row.execution().value()),
			Column.text("operation_id", (row) -> row.operation().value()),
			Column.number("timeout_at", (row) -> millis(row.deadlines().timeoutAt())),
			Column.number("heartbeat_timeout", (row) -> millis(row.deadlines().heartbeatTimeout())),
			Column.number("heartbeat_at", (row) -> millis(row.deadlines().heartbeatAt())),
			Column.text("state", (row) -> row.outcome().state().name()),
			Column.bytes("payload", (row) -> bytes(row.outcome().payload())),
			Column.bytes("error", (row) -> bytes(row.outcome().error())));

	static final List<Column<Signal>> SIGNAL = List.of(Column.text("id", Signal::id),
			Column.text("execution_id", (signal) -> signal.execution().value()),
			Column.text("kind", (signal) -> signal.kind().name()),
			Column.text("operation_id", (signal) -> signal.operation().value()),
			Column.number("arrived_at", (signal) -> signal.arrivedAt().toEpochMilli()));

	private Columns() {
	}

	static @Nullable Long millis(@Nullable Instant instant) {
		return (instant != null) ? (Long) instant.toEpochMilli() : null;
	}

	static @Nullable Long millis(@Nullable Duration duration) {
		return (duration != null) ? (Long) duration.toMillis() : null;
	}

	static byte @Nullable [] bytes(@Nullable Payload payload) {
		return (payload != null) ? payload.bytes() : null;
	}

	private static @Nullable String value(@Nullable OperationId id) {
		return (id != null) ? id.value() : null;
	}

	/** PostgreSQL's texts hold every character but this one. */
	private static @Nullable String withoutNul(@Nullable String text) {
		return (text != null) ? text.replace('\0', ' ') : null;
	}

	private static @Nullable String textOrNull(String text) {
		return text.isEmpty() ? null : text;
	}

	private static @Nullable Object of(AppendGroup.NewEvent row, Function<OperationRef, @Nullable Object> part) {
		OperationRef operation = row.event().operation();
		return (operation != null) ? part.apply(operation) : null;
	}

	private static @Nullable Object of(ExecutionRow row, Function<ParentLink, @Nullable Object> part) {
		ParentLink parent = row.identity().parent();
		return (parent != null) ? part.apply(parent) : null;
	}

	private static <R, P> List<Column<R>> within(List<Column<P>> columns, Function<R, P> part) {
		return columns.stream()
			.map((column) -> new Column<R>(column.name(), column.kind(),
					(row) -> column.value().apply(part.apply(row))))
			.toList();
	}

	private static <R> List<Column<R>> concat(List<Column<R>> first, List<Column<R>> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

}
