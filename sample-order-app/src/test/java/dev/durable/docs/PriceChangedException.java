package dev.durable.docs;

class PriceChangedException extends RuntimeException {

	PriceChangedException() {
		super("The price has changed since it was quoted");
	}

}
