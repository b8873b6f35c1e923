package dev.durable.store.jdbc;

import java.util.Collection;
import java.util.Optional;

import dev.durable.ExecutionId;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Event;
import dev.durable.store.ExecutionRow;

import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Reads executions and their journals.
 *
 * @param sessions where
 */
record JournalStatements(Sessions sessions) {

	/** How many rows are in memory at once; payloads may be large. */
	private static final int FETCH_SIZE = 200;

	private static final String EVENTS = "select %s from durable_event".formatted(Column.names(Columns.EVENT));

	Optional<ExecutionRow> find(ExecutionId id) {
		return this.sessions.call("find an execution", (jdbc) -> jdbc
			.sql(this.sessions
				.sql("select %s from durable_execution where id = :id".formatted(Column.names(Columns.EXECUTION))))
			.param("id", id.value())
			.query(Rows.EXECUTION)
			.optional());
	}

	void read(Collection<ExecutionId> executions, CheckpointStore.EventSink sink) {
		if (executions.isEmpty()) {
			return;
		}
		this.sessions.stream("read journals", (jdbc) -> {
			jdbc.sql(this.sessions.sql(EVENTS + " where execution_id in (:ids) order by execution_id, position"))
				.withFetchSize(FETCH_SIZE)
				.param("ids", executions.stream().map(ExecutionId::value).distinct().toList())
				.query((RowCallbackHandler) (row) -> sink.accept(new ExecutionId(row.getString("execution_id")),
						Rows.event(row)));
			return executions;
		});
	}

	Optional<Event> event(ExecutionId execution, long position) {
		return this.sessions.call("read an event",
				(jdbc) -> jdbc.sql(this.sessions.sql(EVENTS + " where execution_id = :id and position = :position"))
					.param("id", execution.value())
					.param("position", position)
					.query(Rows.EVENT)
					.optional());
	}

	Optional<Event> lastEvent(ExecutionId execution) {
		return this.sessions.call("read an execution's last event",
				(jdbc) -> jdbc
					.sql(this.sessions.sql(EVENTS + " where execution_id = :id order by position desc limit 1"))
					.param("id", execution.value())
					.query(Rows.EVENT)
					.optional());
	}

}
