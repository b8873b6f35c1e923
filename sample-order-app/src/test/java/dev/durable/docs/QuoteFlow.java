package dev.durable.docs;

import java.util.concurrent.atomic.AtomicInteger;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;

import org.springframework.stereotype.Service;

@Service
class QuoteFlow {

	private final DurableContext durable;

	private final AtomicInteger price = new AtomicInteger(99);

	QuoteFlow(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "quote", retention = "1h", idempotencyKey = "'quote-' + #item")
	String quote(String item) {
		int euros = this.durable.step("price", Integer.class, (step) -> this.price.incrementAndGet());
		return "%s for %d".formatted(item, euros);
	}

	@DurableFunction(name = "sign-contract", retention = "-1", idempotencyKey = "'contract-' + #customer")
	String sign(String customer) {
		return this.durable.step("sign", String.class, (step) -> "Signed by " + customer);
	}

}
