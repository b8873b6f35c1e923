package dev.durable.sample.orders;

import java.util.Map;

/**
 * The books, for whoever wants to check them.
 *
 * @param orders orders acknowledged
 * @param running orders on their way
 * @param succeeded orders whose function returned, shipped or not
 * @param failed orders whose function ended in another way
 * @param lost orders without an execution
 * @param effects rows of each kind
 * @param doubled orders that left two rows of one kind
 * @param repeated attempts to do what was done before; none where a step commits together
 * with its record
 * @param stockBalanced whether supplied = on hand + shipped, and reserved = reservations
 * - releases - shipments, for every item
 * @param paymentsBalanced whether charges - refunds = amounts of the shipped orders; only
 * meaningful when no order is running
 */
record Audit(long orders, long running, long succeeded, long failed, long lost, Map<String, Long> effects, long doubled,
		long repeated, boolean stockBalanced, boolean paymentsBalanced) {

}
