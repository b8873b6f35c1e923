package dev.durable.sample.orders;

import java.util.Objects;

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

	Order {
		Objects.requireNonNull(id, "'id' must not be null");
		Objects.requireNonNull(item, "'item' must not be null");
		Objects.requireNonNull(card, "'card' must not be null");
	}

}
