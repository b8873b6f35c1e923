package dev.durable.sample.orders;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import dev.durable.DurableClient;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionSummary;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Checks the books by plain SQL over the effects, and the executions by their client. */
@Repository
class Audits {

	private static final String EFFECTS = """
			(select order_id, kind from reservation
			 union all select order_id, kind from payment
			 union all select order_id, 'SHIPMENT' from shipment) effects""";

	private final JdbcClient jdbc;

	private final DurableClient durable;

	Audits(JdbcClient jdbc, DurableClient durable) {
		this.jdbc = jdbc;
		this.durable = durable;
	}

	Audit audit() {
		Map<ExecutionStatus, Long> executions = executions();
		long orders = count("select count(*) from orders");
		long running = executions.getOrDefault(ExecutionStatus.RUNNING, 0L);
		long succeeded = executions.getOrDefault(ExecutionStatus.SUCCEEDED, 0L);
		long total = executions.values().stream().mapToLong(Long::longValue).sum();
		return new Audit(orders, running, succeeded, total - running - succeeded, Math.max(0, orders - total),
				counts("select kind, count(*) from " + EFFECTS + " group by kind"), doubled(),
				count("select coalesce(sum(runs - 1), 0) from receipt"), stockBalanced(), paymentsBalanced());
	}

	/** Count the rows of each kind that one order has left. */
	Map<String, Long> effects(String orderId) {
		return counts("select kind, count(*) from " + EFFECTS + " where order_id = ? group by kind", orderId);
	}

	private long doubled() {
		return count("select count(*) from (select order_id, kind from " + EFFECTS
				+ " group by order_id, kind having count(*) > 1) doubled");
	}

	private boolean stockBalanced() {
		return count(
				"""
						select count(*) from stock s
						where s.supplied <> s.on_hand + (select coalesce(sum(quantity), 0) from shipment h where h.item = s.item)
						or s.reserved <> (select coalesce(sum(case kind when 'RESERVE' then quantity else -quantity end), 0)
							from reservation r where r.item = s.item)
							- (select coalesce(sum(quantity), 0) from shipment h where h.item = s.item)
						or s.reserved < 0 or s.on_hand < 0""") == 0;
	}

	private boolean paymentsBalanced() {
		long taken = count("""
				select coalesce(sum(case kind when 'CHARGE' then amount_cents else -amount_cents end), 0)
				from payment""");
		return taken == count("""
				select coalesce(sum(o.amount_cents), 0) from orders o
				where exists (select 1 from shipment h where h.order_id = o.id)""");
	}

	private Map<ExecutionStatus, Long> executions() {
		Map<ExecutionStatus, Long> counts = new HashMap<>();
		ExecutionQuery query = ExecutionQuery.all().withFunction("process-order").withLimit(1000);
		ExecutionPage page;
		do {
			page = this.durable.list(query);
			for (ExecutionSummary summary : page.executions()) {
				counts.merge(summary.status(), 1L, Long::sum);
			}
			query = query.after(page.next());
		}
		while (page.next() != null);
		return counts;
	}

	private Map<String, Long> counts(String sql, Object... params) {
		Map<String, Long> counts = new TreeMap<>();
		this.jdbc.sql(sql).params(params).query((row) -> {
			counts.put(row.getString(1), row.getLong(2));
		});
		return counts;
	}

	private long count(String sql) {
		return Objects.requireNonNull(this.jdbc.sql(sql).query(Long.class).single());
	}

}
