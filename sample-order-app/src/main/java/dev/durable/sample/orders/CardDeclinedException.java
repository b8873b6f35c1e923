package dev.durable.sample.orders;

/** The bank says no; asking again does not help. */
class CardDeclinedException extends PaymentException {

	CardDeclinedException(String message) {
		super(message);
	}

}
