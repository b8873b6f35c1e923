package dev.durable.sample.orders;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Remembers what was done for an order, so that a step which runs again does nothing.
 * <p>
 * With its record in the same database a step never runs again, and the receipts prove
 * it. On another store, such as DynamoDB, the record is written after the commit, and a
 * crash between the two repeats the step.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Receipts {

	private final JdbcClient jdbc;

	Receipts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Return whether this was done before; the attempt to do it again is counted. Looks
	 * first, because MySQL locks the place of a row that an update does not find, and two
	 * orders would wait for each other.
	 */
	boolean isRepeat(Order order, String kind) {
		boolean repeat = this.jdbc.sql("select count(*) from receipt where order_id = ? and kind = ?")
			.params(order.id(), kind)
			.query(Integer.class)
			.single() > 0;
		if (repeat) {
			this.jdbc.sql("update receipt set runs = runs + 1 where order_id = ? and kind = ?")
				.params(order.id(), kind)
				.update();
		}
		return repeat;
	}

	/**
	 * Write down that this is done, in the transaction that does it.
	 * @throws org.springframework.dao.DuplicateKeyException if another process did it at
	 * the same time; the step's next attempt finds its receipt
	 */
	void issue(Order order, String kind) {
		this.jdbc.sql("insert into receipt (order_id, kind, runs) values (?, ?, 1)").params(order.id(), kind).update();
	}

}
