package dev.durable.sample.orders;

import dev.durable.DurableStep;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The loading dock. */
@Service
class Shipping {

	private final JdbcClient jdbc;

	private final Receipts receipts;

	Shipping(JdbcClient jdbc, Receipts receipts) {
		this.jdbc = jdbc;
		this.receipts = receipts;
	}

	@DurableStep(name = "ship")
	@Transactional
	String ship(Order order) {
		if (!this.receipts.isRepeat(order, "SHIPMENT")) {
			dispatch(order);
		}
		return "Parcel " + order.id();
	}

	private void dispatch(Order order) {
		this.receipts.issue(order, "SHIPMENT");
		this.jdbc
			.sql("update stock set on_hand = on_hand - :quantity, reserved = reserved - :quantity where item = :item")
			.param("quantity", order.quantity())
			.param("item", order.item())
			.update();
		this.jdbc.sql("insert into shipment (order_id, item, quantity) values (?, ?, ?)")
			.params(order.id(), order.item(), order.quantity())
			.update();
	}

}
