package dev.durable.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.FunctionVersion;
import dev.durable.OperationId;
import dev.durable.OperationSubType;
import dev.durable.codec.Payload;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackState;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import dev.durable.OperationRef;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.ParentLink;
import dev.durable.store.Signal;
import dev.durable.store.SignalKind;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;

/** How rows are read; the counterpart of {@link Columns}. */
final class Rows {

	static final RowMapper<ExecutionRow> EXECUTION = (row, number) -> execution(row);

	static final RowMapper<Event> EVENT = (row, number) -> event(row);

	static final RowMapper<CallbackRow> CALLBACK = (row, number) -> callback(row);

	static final RowMapper<Signal> SIGNAL = (row, number) -> signal(row);

	static final RowMapper<String> ID = (row, number) -> text(row, "id");

	private Rows() {
	}

	private static ExecutionRow execution(ResultSet row) throws SQLException {
		FunctionVersion function = new FunctionVersion(text(row, "function_name"), text(row, "function_version"));
		String node = row.getString("node");
		ExecutionState state = new ExecutionState(ExecutionStatus.valueOf(text(row, "status")),
				(node != null) ? new NodeId(node) : null, instant(row, "wake_at"), row.getInt("failures"),
				row.getString("blocked_reason"), instant(row, "ended_at"), instant(row, "expires_at"));
		return new ExecutionRow(new ExecutionIdentity(new ExecutionId(text(row, "id")), function,
				row.getString("execution_name"), parent(row), text(row, "input_digest"),
				Instant.ofEpochMilli(row.getLong("started_at")), instant(row, "timeout_at")), state);
	}

	private static @Nullable ParentLink parent(ResultSet row) throws SQLException {
		String execution = row.getString("parent_execution");
		return (execution != null)
				? new ParentLink(new ExecutionId(execution), new OperationId(text(row, "parent_operation"))) : null;
	}

	static Event event(ResultSet row) throws SQLException {
		return new Event(row.getLong("position"), EventType.of(text(row, "event_type")), text(row, "invocation"),
				Instant.ofEpochMilli(row.getLong("recorded_at")), operation(row), new EventContent(
						payload(row, "payload"), payload(row, "error"), EventDetails.decode(row.getString("details"))));
	}

	private static @Nullable OperationRef operation(ResultSet row) throws SQLException {
		String id = row.getString("operation_id");
		if (id == null) {
			return null;
		}
		String parent = row.getString("parent_id");
		return new OperationRef(new OperationId(id), (parent != null) ? new OperationId(parent) : null,
				row.getString("operation_name"), OperationSubType.of(text(row, "operation_subtype")));
	}

	private static CallbackRow callback(ResultSet row) throws SQLException {
		Long heartbeat = row.getObject("heartbeat_timeout", Long.class);
		return new CallbackRow(new CallbackRow.Key(text(row, "lookup"), text(row, "secret_hash")),
				new ExecutionId(text(row, "execution_id")), new OperationId(text(row, "operation_id")),
				new CallbackRow.Deadlines(instant(row, "timeout_at"),
						(heartbeat != null) ? Duration.ofMillis(heartbeat) : null, instant(row, "heartbeat_at")),
				new CallbackRow.Outcome(CallbackState.valueOf(text(row, "state")), payload(row, "payload"),
						payload(row, "error")));
	}

	private static Signal signal(ResultSet row) throws SQLException {
		return new Signal(text(row, "id"), new ExecutionId(text(row, "execution_id")),
				SignalKind.valueOf(text(row, "kind")), new OperationId(text(row, "operation_id")),
				Instant.ofEpochMilli(row.getLong("arrived_at")));
	}

	private static String text(ResultSet row, String column) throws SQLException {
		return Objects.requireNonNull(row.getString(column), column);
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		Long millis = row.getObject(column, Long.class);
		return (millis != null) ? Instant.ofEpochMilli(millis) : null;
	}

	private static @Nullable Payload payload(ResultSet row, String column) throws SQLException {
		byte[] bytes = row.getBytes(column);
		return (bytes != null) ? new Payload(bytes) : null;
	}

}
