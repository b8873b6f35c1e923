package dev.durable.docs;

import dev.durable.DurableClient;
import dev.durable.DurableStep;

import org.springframework.stereotype.Component;

@Component
class Boss {

	private final DurableClient client;

	Boss(DurableClient client) {
		this.client = client;
	}

	@DurableStep
	void ask(String employee, String callbackId) {
		answerLater(callbackId, !employee.equals("new"));
	}

	/** Usually the body of a controller: the id comes back in a link or a message. */
	private void answerLater(String callbackId, boolean granted) {
		this.client.callbacks().succeed(callbackId, granted);
	}

}
