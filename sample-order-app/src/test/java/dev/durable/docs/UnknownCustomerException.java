package dev.durable.docs;

class UnknownCustomerException extends RuntimeException {

	UnknownCustomerException(String message) {
		super(message);
	}

}
