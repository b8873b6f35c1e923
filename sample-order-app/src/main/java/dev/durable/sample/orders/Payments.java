package dev.durable.sample.orders;

import dev.durable.DurableStep;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The till: charges cards and gives money back. */
@Service
class Payments {

	private final JdbcClient jdbc;

	private final CardTerminal terminal;

	private final Receipts receipts;

	Payments(JdbcClient jdbc, CardTerminal terminal, Receipts receipts) {
		this.jdbc = jdbc;
		this.terminal = terminal;
		this.receipts = receipts;
	}

	@DurableStep(name = "charge-card", excludes = CardDeclinedException.class, maxRetries = 12, delay = 50,
			multiplier = 2, maxDelay = 1000)
	@Transactional
	void charge(Order order) {
		this.terminal.authorize(order);
		record("CHARGE", order);
	}

	@DurableStep(name = "refund-card")
	@Transactional
	void refund(Order order) {
		record("REFUND", order);
	}

	private void record(String kind, Order order) {
		if (this.receipts.isRepeat(order, kind)) {
			return;
		}
		this.receipts.issue(order, kind);
		this.jdbc.sql("insert into payment (order_id, kind, amount_cents) values (?, ?, ?)")
			.params(order.id(), kind, order.amountCents())
			.update();
	}

}
