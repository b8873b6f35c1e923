package dev.durable.store.jdbc;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.durable.ExecutionId;
import dev.durable.store.CallbackRow;
import dev.durable.store.NodeId;
import dev.durable.store.Signal;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What outsiders do: callbacks and signals.
 *
 * @param sessions where
 */
record SignalStatements(Sessions sessions) {

	List<Signal> signals(Collection<ExecutionId> executions) {
		if (executions.isEmpty()) {
			return List.of();
		}
		return this.sessions.call("read signals",
				(jdbc) -> jdbc
					.sql(this.sessions.sql("select %s from durable_signal where execution_id in (:ids)"
						.formatted(Column.names(Columns.SIGNAL)) + " order by arrived_at, id"))
					.param("ids", executions.stream().map(ExecutionId::value).distinct().toList())
					.query(Rows.SIGNAL)
					.list());
	}

	List<ExecutionId> signalled(NodeId node) {
		return this.sessions.poll("look for signals",
				(jdbc) -> jdbc
					.sql(this.sessions.sql("select distinct waiting.execution_id from durable_signal waiting"
							+ " join durable_execution execution on execution.id = waiting.execution_id"
							+ " where execution.node = :node"))
					.param("node", node.value())
					.query((row, number) -> new ExecutionId(row.getString(1)))
					.list());
	}

	Optional<CallbackRow> callback(String lookup) {
		return this.sessions.call("find a callback", (jdbc) -> jdbc
			.sql(this.sessions.sql(
					"select %s from durable_callback where lookup = :lookup".formatted(Column.names(Columns.CALLBACK))))
			.param("lookup", lookup)
			.query(Rows.CALLBACK)
			.optional());
	}

	boolean complete(String lookup, CallbackRow.Outcome outcome, Optional<Signal> signal) {
		if (signal.isEmpty()) {
			return this.sessions.command("complete a callback", (jdbc) -> end(jdbc, lookup, outcome));
		}
		return this.sessions.transaction("complete a callback", (jdbc) -> {
			boolean won = end(jdbc, lookup, outcome);
			if (won) {
				insert(jdbc, signal.get());
			}
			return won;
		});
	}

	boolean heartbeat(String lookup, Instant heartbeatAt) {
		return this.sessions.command("move a callback's heartbeat",
				(jdbc) -> jdbc
					.sql(this.sessions.sql("update durable_callback set heartbeat_at = :heartbeatAt"
							+ " where lookup = :lookup and state = 'PENDING'"))
					.param("heartbeatAt", heartbeatAt.toEpochMilli())
					.param("lookup", lookup)
					.update() == 1);
	}

	private boolean end(JdbcClient jdbc, String lookup, CallbackRow.Outcome outcome) {
		return jdbc
			.sql(this.sessions.sql("update durable_callback set state = :state, payload = :payload, error = :error"
					+ " where lookup = :lookup and state = 'PENDING'"))
			.param("state", outcome.state().name())
			.param("payload", Columns.bytes(outcome.payload()))
			.param("error", Columns.bytes(outcome.error()))
			.param("lookup", lookup)
			.update() == 1;
	}

	private void insert(JdbcClient jdbc, Signal signal) {
		Map<String, @Nullable Object> values = new HashMap<>();
		Columns.SIGNAL.forEach((column) -> values.put(column.name(), column.value().apply(signal)));
		jdbc.sql(this.sessions.sql("insert into durable_signal (%s) values (:id, :execution_id, :kind, :operation_id,"
			.formatted(Column.names(Columns.SIGNAL)) + " :arrived_at)")).params(values).update();
		String notification = this.sessions.dialect().texts().notification();
		if (notification != null) {
			jdbc.sql(notification)
				.param(1, this.sessions.sql("durable_signal"))
				.param(2, signal.execution().value())
				.query((row) -> {
				});
		}
	}

}
