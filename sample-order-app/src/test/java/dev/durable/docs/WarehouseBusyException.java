package dev.durable.docs;

class WarehouseBusyException extends RuntimeException {

	WarehouseBusyException() {
		super("Try again later");
	}

}
