package dev.durable.store.jdbc;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

import dev.durable.store.NodeId;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Nodes, their heartbeats, and what they leave behind.
 *
 * @param sessions where
 */
record NodeStatements(Sessions sessions) {

	/** The database's own time. */
	Instant now() {
		return this.sessions.call("read the time",
				(jdbc) -> jdbc.sql(this.sessions.dialect().texts().now())
					.query(OffsetDateTime.class)
					.single()
					.toInstant());
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
			jdbc.sql(this.sessions.sql("delete from durable_node where reported_at <= :silentSince and not exists"
					+ " (select 1 from durable_execution owned where owned.node = durable_node.id)"))
				.param("silentSince", silentSince.toEpochMilli())
				.update();
			return jdbc
				.sql(this.sessions
					.sql("delete from durable_signal where not exists (select 1 from durable_execution running"
							+ " where running.id = durable_signal.execution_id and running.status = 'RUNNING')"))
				.update();
		});
	}

	private int report(JdbcClient jdbc, String sql, NodeId node, Instant now) {
		return jdbc.sql(this.sessions.sql(sql)).param("now", now.toEpochMilli()).param("id", node.value()).update();
	}

}
