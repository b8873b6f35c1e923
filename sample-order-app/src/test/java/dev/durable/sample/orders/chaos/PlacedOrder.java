package dev.durable.sample.orders.chaos;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An acknowledged order.
 *
 * @param order what was ordered
 * @param id the order's id
 * @param answered whether an answer to its approval was acknowledged
 */
record PlacedOrder(PlannedOrder order, String id, AtomicBoolean answered) {

	PlacedOrder(PlannedOrder order, String id) {
		this(order, id, new AtomicBoolean());
	}

}
