package dev.durable.docs;

/**
 * What an employee has paid for the company.
 *
 * @param id the expense's number
 * @param cents the amount
 */
record Expense(String id, long cents) {

}
