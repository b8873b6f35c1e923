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

	void cleanUp(Optional<NodeId> node, Instant silentSince) {
		this.sessions.command("clean up", (jdbc) -> {
			node.ifPresent((leaving) -> jdbc.sql(this.sessions.sql("delete from durable_node where id = :id"))
				.param("id", leaving.value())
				.update());
			remove(jdbc, "durable_node",
					"reported_at <= :silentSince and not exists"
							+ " (select 1 from durable_execution owned where owned.node = durable_node.id)",
					Map.of("silentSince", silentSince.toEpochMilli()));
			remove(jdbc, "durable_signal", "exists (select 1 from durable_execution ended"
					+ " where ended.id = durable_signal.execution_id and ended.status <> 'RUNNING')", Map.of());
			return silentSince;
		});
	}

	/**
	 * Look first and remove then: a delete with a subquery locks on MySQL also what it
	 * only looks at, and waits for signals that nobody has committed yet.
	 */
	private void remove(JdbcClient jdbc, String table, String condition, Map<String, Object> parameters) {
		List<String> ids = jdbc
			.sql(this.sessions.sql("select id from %s where %s limit %d".formatted(table, condition, AT_ONCE)))
			.params(parameters)
			.query(Rows.ID)
			.list();
		if (!ids.isEmpty()) {
			jdbc.sql(this.sessions.sql("delete from %s where id in (:ids)".formatted(table)))
				.param("ids", ids)
				.update();
		}
	}

	private int report(JdbcClient jdbc, String sql, NodeId node, Instant now) {
		return jdbc.sql(this.sessions.sql(sql)).param("now", now.toEpochMilli()).param("id", node.value()).update();
	}

}
