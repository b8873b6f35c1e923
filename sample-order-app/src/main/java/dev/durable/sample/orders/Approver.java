package dev.durable.sample.orders;

/** Whoever must be told that an order waits for an approval. */
@FunctionalInterface
interface Approver {

	/**
	 * Ask for an approval; may happen again after a crash.
	 * @param order the order that waits
	 */
	void ask(Order order);

}
