package dev.durable.docs;

/**
 * What an approver says.
 *
 * @param approved whether the expense is refunded
 * @param comment why
 */
record Decision(boolean approved, String comment) {

}
