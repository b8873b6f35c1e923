package dev.durable.docs;

class SoldOutException extends RuntimeException {

	SoldOutException() {
		super("No seat is left");
	}

}
