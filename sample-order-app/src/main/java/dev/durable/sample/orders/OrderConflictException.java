package dev.durable.sample.orders;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** An order is not in a state that allows what was asked. */
@ResponseStatus(HttpStatus.CONFLICT)
class OrderConflictException extends RuntimeException {

	OrderConflictException(String message) {
		super(message);
	}

}
