package dev.durable.sample.orders;

/**
 * The answer to the question whether a large order may be shipped.
 *
 * @param granted whether it may
 * @param reason why, for the customer
 */
record Approval(boolean granted, String reason) {

}
