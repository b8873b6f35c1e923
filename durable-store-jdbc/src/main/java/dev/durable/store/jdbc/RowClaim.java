package dev.durable.store.jdbc;

import java.util.List;
import java.util.Map;

import dev.durable.store.ExecutionRow;

/** Makes a node the owner of rows that a query selects, in one atomic step. */
interface RowClaim {

	/** One statement, for databases whose updates return rows. */
	RowClaim UPDATE_RETURNING = (sessions, selection, parameters) -> sessions.poll("claim executions",
			(jdbc) -> jdbc
				.sql(sessions.sql("with picked as materialized (" + selection + ")"
						+ " update durable_execution execution set node = :node, wake_at = null"
						+ " from picked where execution.id = picked.id returning picked.*"))
				.params(parameters)
				.query(Rows.EXECUTION)
				.list());

	/** A short transaction, for all others. */
	RowClaim LOCK_THEN_UPDATE = (sessions, selection, parameters) -> sessions.pollInTransaction("claim executions",
			(jdbc) -> {
				List<ExecutionRow> rows = jdbc.sql(sessions.sql(selection))
					.params(parameters)
					.query(Rows.EXECUTION)
					.list();
				if (!rows.isEmpty()) {
					jdbc.sql(sessions
						.sql("update durable_execution set node = :node, wake_at = null where id in (:ids)"))
						.param("node", parameters.get("node"))
						.param("ids", rows.stream().map((row) -> row.identity().id().value()).toList())
						.update();
				}
				return rows;
			});

	/**
	 * Claim rows.
	 * @param sessions where
	 * @param selection selects and locks execution rows, and skips what is locked
	 * @param parameters its parameters, and the node
	 * @return the rows as they were before, in no particular order
	 */
	List<ExecutionRow> claim(Sessions sessions, String selection, Map<String, Object> parameters);

}
