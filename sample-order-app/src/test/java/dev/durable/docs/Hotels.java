package dev.durable.docs;

import java.util.concurrent.CompletableFuture;

import dev.durable.DurableFuture;
import dev.durable.DurableStep;

import org.springframework.stereotype.Component;

@Component
class Hotels {

	@DurableStep
	DurableFuture<String> reserve(String city) {
		return DurableFuture.completed("Room in " + city);
	}

	@DurableStep(name = "find-guide", maxRetries = 5, delay = 1000)
	CompletableFuture<String> findGuide(String city) {
		return CompletableFuture.supplyAsync(() -> askGuides(city));
	}

	private String askGuides(String city) {
		if (city.equals("Atlantis")) {
			throw new SoldOutException();
		}
		return "Guide to " + city;
	}

}
