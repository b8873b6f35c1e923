package dev.durable.sample.orders;

import java.util.List;
import java.util.Map;

import dev.durable.ExecutionStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a customer sees of an order.
 *
 * @param id the order's id
 * @param status where its execution stands
 * @param outcome how it ended, or {@code null}
 * @param effects how many rows of each kind the order has left in stock and till
 * @param progress what has happened so far, one line per recorded event
 */
record OrderView(String id, ExecutionStatus status, @Nullable OrderOutcome outcome, Map<String, Long> effects,
		List<String> progress) {

}
