package dev.durable.store.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.durable.ExecutionId;
import dev.durable.store.ClaimRequest;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;

/**
 * Who works on what: claims, releases and nodes.
 *
 * @param sessions where
 */
record ClaimStatements(Sessions sessions) {

	private static final String SELECTION = "select %s from durable_execution"
		.formatted(Column.names(Columns.EXECUTION));

	private static final Comparator<ExecutionRow> OLDEST_WAKE_UP_FIRST = Comparator
		.comparing((row) -> row.state().wakeAt(), Comparator.nullsLast(Comparator.naturalOrder()));

	List<ExecutionRow> claim(ClaimRequest request) {
		// only who runs and has no node has a wake-up; further conditions would tempt
		// planners
		List<ExecutionRow> claimed = new ArrayList<>(pick(
				SELECTION + " where wake_at <= :now and " + workable(request)
						+ " order by wake_at limit :limit for update skip locked",
				parameters(request, request.limit())));
		int left = request.limit() - claimed.size();
		if (left > 0) {
			claimed.addAll(pick(SELECTION + " where id " + this.sessions.dialect().texts().signalled()
					+ " and status = 'RUNNING' and node is null and " + workable(request)
					+ " limit :limit for update skip locked", parameters(request, left)));
		}
		claimed.sort(OLDEST_WAKE_UP_FIRST);
		return claimed;
	}

	List<ExecutionRow> claimAbandoned(ClaimRequest request, Instant silentSince) {
		Map<String, Object> parameters = parameters(request, request.limit());
		parameters.put("silentSince", silentSince.toEpochMilli());
		parameters.put("never", Long.MIN_VALUE);
		// its own it takes over without a claim; a scalar subquery, because PostgreSQL
		// looks at
		// it again when the row was claimed by another node meanwhile, and at a join it
		// does not
		return pick(SELECTION + " where node is not null and node <> :node and status = 'RUNNING' and coalesce"
				+ "((select reported_at from durable_node where durable_node.id = durable_execution.node), :never)"
				+ " <= :silentSince and " + workable(request) + " limit :limit for update skip locked", parameters);
	}

	List<ExecutionRow> ownedBy(NodeId node, Set<ExecutionId> except) {
		// what is left out is left out here: a long list would make every statement new
		List<ExecutionRow> owned = this.sessions.poll("list a node's executions",
				(jdbc) -> jdbc.sql(this.sessions.sql(SELECTION + " where node = :node and status = 'RUNNING'"))
					.param("node", node.value())
					.query(Rows.EXECUTION)
					.list());
		return owned.stream().filter((row) -> !except.contains(row.identity().id())).toList();
	}

	boolean release(ExecutionId id, NodeId owner, ExecutionState state) {
		Map<String, Object> parameters = new HashMap<>();
		for (Column<ExecutionState> column : Columns.STATE) {
			parameters.put(column.name(), column.value().apply(state));
		}
		parameters.put("id", id.value());
		parameters.put("owner", owner.value());
		return this.sessions.command("release an execution",
				(jdbc) -> jdbc
					.sql(this.sessions.sql("update durable_execution set status = :status, node = :node,"
							+ " wake_at = :wake_at, failures = :failures, blocked_reason = :blocked_reason,"
							+ " ended_at = :ended_at, expires_at = :expires_at where id = :id and node = :owner"))
					.params(parameters)
					.update() == 1);
	}

	void retryBlocked(ClaimRequest request) {
		if (request.functions().isEmpty()) {
			return;
		}
		this.sessions.command("retry blocked executions", (jdbc) -> jdbc
			.sql(this.sessions.sql("update durable_execution set wake_at = :now where blocked_reason is not null"
					+ " and node is null and status = 'RUNNING'"
					+ " and (function_name, function_version) in (:functions)"))
			.param("now", request.now().toEpochMilli())
			.param("functions", functions(request))
			.update());
	}

	private List<ExecutionRow> pick(String selection, Map<String, Object> parameters) {
		return this.sessions.dialect().writing().claims().claim(this.sessions, selection, parameters);
	}

	/** Settling a timeout needs no user code. */
	private static String workable(ClaimRequest request) {
		return request.functions().isEmpty() ? "timeout_at <= :now"
				: "((function_name, function_version) in (:functions) or timeout_at <= :now)";
	}

	private static Map<String, Object> parameters(ClaimRequest request, int limit) {
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("node", request.node().value());
		parameters.put("now", request.now().toEpochMilli());
		parameters.put("functions", functions(request));
		parameters.put("limit", limit);
		return parameters;
	}

	private static List<Object[]> functions(ClaimRequest request) {
		return request.functions()
			.stream()
			.map((function) -> new Object[] { function.name(), function.version() })
			.toList();
	}

}
