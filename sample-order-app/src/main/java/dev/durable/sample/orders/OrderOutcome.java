package dev.durable.sample.orders;

/**
 * How an order ended.
 *
 * @param result what became of it
 * @param detail why, for the customer
 */
record OrderOutcome(Result result, String detail) {

	enum Result {

		SHIPPED, OUT_OF_STOCK, DECLINED, REFUSED, APPROVAL_TIMED_OUT

	}

}
