package dev.durable.sample.orders;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import dev.durable.DurableClient;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The order book. */
@Service
class Orders {

	private final JdbcClient jdbc;

	private final DurableClient durable;

	Orders(JdbcClient jdbc, DurableClient durable) {
		this.jdbc = jdbc;
		this.durable = durable;
	}

	static String idFor(@Nullable String idempotencyKey) {
		UUID id = (idempotencyKey != null) ? UUID.nameUUIDFromBytes(idempotencyKey.getBytes(StandardCharsets.UTF_8))
				: UUID.randomUUID();
		return "order-" + id;
	}

	/**
	 * Write the order down and start its execution, in one transaction: either both
	 * survive or none. Executions that are kept elsewhere, as in DynamoDB, start before
	 * the commit: a crash between leaves one without its order, until the customer sends
	 * the order again.
	 * @param order the order
	 * @throws org.springframework.dao.DuplicateKeyException if the order exists
	 */
	@Transactional
	void place(Order order) {
		this.jdbc.sql("insert into orders (id, item, quantity, amount_cents) values (?, ?, ?, ?)")
			.params(order.id(), order.item(), order.quantity(), order.amountCents())
			.update();
		ExecutionHandle<OrderOutcome> execution = this.durable.function(OrderFlow.class)
			.named(order.id())
			.start((flow) -> flow.process(order));
		this.jdbc.sql("update orders set execution_id = ? where id = ?")
			.params(execution.id().value(), order.id())
			.update();
	}

	/**
	 * Return the execution of an order.
	 * @param orderId the order's id
	 * @return its execution
	 * @throws OrderNotFoundException if there is no such order
	 */
	ExecutionHandle<OrderOutcome> execution(String orderId) {
		String executionId = this.jdbc.sql("select execution_id from orders where id = ?")
			.param(orderId)
			.query(String.class)
			.optional()
			.orElseThrow(() -> new OrderNotFoundException(orderId));
		return this.durable.execution(new ExecutionId(executionId), OrderOutcome.class);
	}

	boolean sameAs(Order order) {
		return this.jdbc
			.sql("select count(*) from orders where id = ? and item = ? and quantity = ? and amount_cents = ?")
			.params(order.id(), order.item(), order.quantity(), order.amountCents())
			.query(Integer.class)
			.single() == 1;
	}

}
