package dev.durable.sample.orders;

import dev.durable.DurableStep;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The loading dock. */
@Service
class Shipping {

	private final JdbcClient jdbc;

	Shipping(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@DurableStep(name = "ship")
	@Transactional
	String ship(Order order) {
		this.jdbc
			.sql("update stock set on_hand = on_hand - :quantity, reserved = reserved - :quantity where item = :item")
			.param("quantity", order.quantity())
			.param("item", order.item())
			.update();
		this.jdbc.sql("insert into shipment (order_id, item, quantity) values (?, ?, ?)")
			.params(order.id(), order.item(), order.quantity())
			.update();
		return "Parcel " + order.id();
	}

}
