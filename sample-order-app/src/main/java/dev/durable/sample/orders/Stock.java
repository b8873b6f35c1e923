package dev.durable.sample.orders;

import dev.durable.DurableStep;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The shelves. Each step commits its rows together with its record: exactly once. */
@Service
class Stock {

	private final JdbcClient jdbc;

	Stock(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@DurableStep(name = "reserve-stock")
	@Transactional
	boolean reserve(Order order) {
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
		this.jdbc.sql("update stock set reserved = reserved - ? where item = ?")
			.params(order.quantity(), order.item())
			.update();
		record("RELEASE", order);
	}

	private void record(String kind, Order order) {
		this.jdbc.sql("insert into reservation (order_id, kind, item, quantity) values (?, ?, ?, ?)")
			.params(order.id(), kind, order.item(), order.quantity())
			.update();
	}

}
