package dev.durable.sample.orders;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no such order. */
@ResponseStatus(HttpStatus.NOT_FOUND)
class OrderNotFoundException extends RuntimeException {

	OrderNotFoundException(String orderId) {
		super("There is no order '%s'".formatted(orderId));
	}

}
