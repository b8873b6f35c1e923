package dev.durable.docs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.durable.DurableStep;

import org.springframework.stereotype.Component;

@Component
class Till {

	private final Map<String, Integer> quotes = new ConcurrentHashMap<>();

	@DurableStep
	long quote(String basket) {
		return 1_000 * this.quotes.merge(basket, 1, Integer::sum);
	}

	@DurableStep(excludes = PriceChangedException.class)
	String charge(String basket, long cents) {
		if (basket.equals("gold") || cents < 2_000) {
			throw new PriceChangedException();
		}
		return "%s for %d".formatted(basket, cents);
	}

}
