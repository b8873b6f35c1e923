package dev.durable.docs;

import java.time.Duration;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.RetryStrategy;

import org.springframework.stereotype.Service;

@Service
class CheckoutFlow {

	private static final RetryStrategy WHEN_THE_PRICE_CHANGED = RetryStrategy.backoff()
		.maxAttempts(3)
		.initialDelay(Duration.ofMillis(50))
		.retryIf(PriceChangedException.class::isInstance)
		.build();

	private final DurableContext durable;

	private final Till till;

	CheckoutFlow(DurableContext durable, Till till) {
		this.durable = durable;
		this.till = till;
	}

	@DurableFunction(name = "checkout")
	String checkout(String basket) {
		return this.durable.withRetry("checkout", WHEN_THE_PRICE_CHANGED, (child, attempt) -> {
			long cents = this.till.quote(basket);
			return this.till.charge(basket, cents);
		});
	}

}
