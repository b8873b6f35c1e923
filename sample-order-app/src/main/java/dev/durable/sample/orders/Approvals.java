package dev.durable.sample.orders;

import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which callback approves which order. */
@Repository
class Approvals {

	private final JdbcClient jdbc;

	Approvals(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void remember(String orderId, String callbackId) {
		this.jdbc.sql("insert into approval (order_id, callback_id) values (?, ?)")
			.params(orderId, callbackId)
			.update();
	}

	/**
	 * Distinct: on a store that cannot join the step's transaction a crash may repeat the
	 * row.
	 */
	Optional<String> callbackId(String orderId) {
		return this.jdbc.sql("select distinct callback_id from approval where order_id = ?")
			.param(orderId)
			.query(String.class)
			.optional();
	}

}
