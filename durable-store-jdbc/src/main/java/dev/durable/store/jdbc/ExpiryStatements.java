package dev.durable.store.jdbc;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import dev.durable.ExecutionId;

/**
 * Finds and removes what has expired.
 *
 * @param sessions where
 */
record ExpiryStatements(Sessions sessions) {

	/**
	 * Locked, or an execution that another node removes meanwhile and that starts anew
	 * would be removed while it runs. What another node is just removing is left to it.
	 */
	private static final String ENDED = "select id from durable_execution where id in (:ids) and status <> 'RUNNING'"
			+ " for update skip locked";

	List<ExecutionId> expired(Instant now, int limit) {
		return this.sessions.poll("look for expired executions",
				(jdbc) -> jdbc
					.sql(this.sessions.sql("select id from durable_execution ended where expires_at <= :now"
							+ " and not exists (select 1 from durable_signal waiting where waiting.kind = 'CHILD'"
							+ " and waiting.execution_id = ended.parent_execution"
							+ " and waiting.operation_id = ended.parent_operation) order by expires_at limit :limit"))
					.param("now", now.toEpochMilli())
					.param("limit", limit)
					.query((row, number) -> new ExecutionId(row.getString(1)))
					.list());
	}

	void delete(Collection<ExecutionId> executions) {
		if (executions.isEmpty()) {
			return;
		}
		List<String> asked = executions.stream().map(ExecutionId::value).toList();
		this.sessions.transaction("remove executions", (jdbc) -> {
			List<String> ended = jdbc.sql(this.sessions.sql(ENDED)).param("ids", asked).query(Rows.ID).list();
			if (!ended.isEmpty()) {
				for (String table : List.of("durable_callback", "durable_signal", "durable_event")) {
					jdbc.sql(this.sessions.sql("delete from %s where execution_id in (:ids)".formatted(table)))
						.param("ids", ended)
						.update();
				}
				jdbc.sql(this.sessions.sql("delete from durable_execution where id in (:ids)"))
					.param("ids", ended)
					.update();
			}
			return ended;
		});
	}

}
