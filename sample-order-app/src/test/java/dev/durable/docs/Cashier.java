package dev.durable.docs;

import dev.durable.DurableClient;
import dev.durable.DurableStep;

import org.springframework.stereotype.Component;

@Component
class Cashier {

	private final DurableClient client;

	Cashier(DurableClient client) {
		this.client = client;
	}

	@DurableStep
	void ask(String reservation, String callbackId) {
		if (!reservation.equals("forgotten")) {
			this.client.callbacks().succeed(callbackId, "card");
		}
	}

	@DurableStep
	void refund(String order, String callbackId) {
		this.client.callbacks().succeed(callbackId, order.equals("free") ? null : 4_200);
	}

}
