package dev.durable.docs;

/**
 * A customer's bill.
 *
 * @param customer who pays
 * @param cents the amount
 */
record Invoice(String customer, long cents) {

}
