package dev.durable.sample.orders;

import dev.durable.DurableStep;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The shelves. Each step commits its rows together with its record, or where the record
 * is kept elsewhere with a receipt: exactly once.
 */
@Service
class Stock {

	private final JdbcClient jdbc;

	private final Receipts receipts;

	Stock(JdbcClient jdbc, Receipts receipts) {
		this.jdbc = jdbc;
		this.receipts = receipts;
	}

	@DurableStep(name = "reserve-stock")
	@Transactional
	boolean reserve(Order order) {
		if (this.receipts.isRepeat(order, "RESERVE")) {
			return true;
		}
		int changed = this.jdbc.sql(
				"update stock set reserved = reserved + :quantity where item = :item and on_hand - reserved >= :quantity")
			.param("quantity", order.quantity())
			.param("item", order.item())
			.update();
		if (changed == 0) {
			return false;
		}
		record("RESERVE", order);
		return true;
	}

	@DurableStep(name = "release-stock")
	@Transactional
	void release(Order order) {
		if (this.receipts.isRepeat(order, "RELEASE")) {
			return;
		}
		this.jdbc.sql("update stock set reserved = reserved - ? where item = ?")
			.params(order.quantity(), order.item())
			.update();
		record("RELEASE", order);
	}

	private void record(String kind, Order order) {
		this.receipts.issue(order, kind);
		this.jdbc.sql("insert into reservation (order_id, kind, item, quantity) values (?, ?, ?, ?)")
			.params(order.id(), kind, order.item(), order.quantity())
			.update();
	}

}
