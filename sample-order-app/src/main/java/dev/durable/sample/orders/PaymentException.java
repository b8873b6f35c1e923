package dev.durable.sample.orders;

/** A card was not charged. */
class PaymentException extends RuntimeException {

	PaymentException(String message) {
		super(message);
	}

}
