package dev.durable.store.jdbc;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.durable.store.NodeId;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Nodes, their heartbeats, and what they leave behind.
 *
 * @param sessions where
 */
record NodeStatements(Sessions sessions) {

	/** How many rows are cleaned up at once; the next time finds the rest. */
	private static final int AT_ONCE = 1000;

	/** The database's own time. */
	Instant now() {
		return this.sessions.call("read the time", (jdbc) -> Instant
			.ofEpochMilli(jdbc.sql(this.sessions.dialect().texts().now()).query(Long.class).single()));
	}

	void heartbeat(NodeId node, Instant now) {
		this.sessions.command("report a node", (jdbc) -> {
			// nobody else writes this row: a node's id belongs to one start of one
			// process
			if (report(jdbc, "update durable_node set reported_at = :now where id = :id", node, now) == 0) {
				report(jdbc, "insert into durable_node (reported_at, id) values (:now, :id)", node, now);
			}
			return node;
		});
	}

	/**
	 * Look first and remove then: a delete with a subquery locks on MySQL also what it
	 * only looks at, and waits for signals that nobody has committed yet.
	 */
	void cleanUp(Optional<NodeId> node, Instant silentSince) {
		this.sessions.command("clean up", (jdbc) -> {
			node.ifPresent((leaving) -> jdbc.sql(this.sessions.sql("delete from durable_node where id = :id"))
				.param("id", leaving.value())
				.update());
			Map<String, Object> since = Map.of("silentSince", silentSince.toEpochMilli());
			List<String> silent = look(jdbc, "durable_node", "reported_at <= :silentSince and not exists"
					+ " (select 1 from durable_execution owned where owned.node = durable_node.id)", since);
			// a node that has reported meanwhile stays
			remove(jdbc, "durable_node where id in (:ids) and reported_at <= :silentSince", silent, since);
			List<String> unheard = look(jdbc, "durable_signal",
					"not exists (select 1 from durable_execution running"
							+ " where running.id = durable_signal.execution_id and running.status = 'RUNNING')",
					Map.of());
			remove(jdbc, "durable_signal where id in (:ids)", unheard, Map.of());
			return silentSince;
		});
	}

	private List<String> look(JdbcClient jdbc, String table, String condition, Map<String, Object> parameters) {
		return jdbc.sql(this.sessions.sql("select id from %s where %s limit %d".formatted(table, condition, AT_ONCE)))
			.params(parameters)
			.query(Rows.ID)
			.list();
	}

	private void remove(JdbcClient jdbc, String rows, List<String> ids, Map<String, Object> parameters) {
		if (!ids.isEmpty()) {
			jdbc.sql(this.sessions.sql("delete from " + rows)).params(parameters).param("ids", ids).update();
		}
	}

	private int report(JdbcClient jdbc, String sql, NodeId node, Instant now) {
		return jdbc.sql(this.sessions.sql(sql)).param("now", now.toEpochMilli()).param("id", node.value()).update();
	}

}
