package dev.durable.sample.orders;

/**
 * An order as the durable function takes it.
 *
 * @param id the order's id, also the execution's name
 * @param item what to ship
 * @param quantity how many
 * @param amountCents what to charge
 * @param card the card's token
 */
record Order(String id, String item, int quantity, long amountCents, String card) {

}
