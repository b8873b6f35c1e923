package dev.durable.sample.orders;

import org.jspecify.annotations.Nullable;

/**
 * What a customer sends to place an order.
 *
 * @param item what to ship
 * @param quantity how many, from 1
 * @param amountCents what to charge, from 1
 * @param card the card's token; {@code tok_visa} if absent
 */
record NewOrder(String item, int quantity, long amountCents, @Nullable String card) {

	NewOrder {
		if (item == null || item.isBlank() || item.length() > 64) {
			throw new IllegalArgumentException("'item' must have 1 to 64 characters");
		}
		if (quantity < 1) {
			throw new IllegalArgumentException("'quantity' must be at least 1 but was " + quantity);
		}
		if (amountCents < 1) {
			throw new IllegalArgumentException("'amountCents' must be at least 1 but was " + amountCents);
		}
	}

	Order withId(String id) {
		return new Order(id, this.item, this.quantity, this.amountCents, (this.card != null) ? this.card : "tok_visa");
	}

}
