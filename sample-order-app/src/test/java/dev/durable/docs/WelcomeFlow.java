package dev.durable.docs;

import java.time.Duration;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;

import org.springframework.stereotype.Service;

@Service
class WelcomeFlow {

	private final DurableContext durable;

	WelcomeFlow(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "welcome", idempotencyKey = "#name")
	String welcome(String name) {
		String greeting = compose(name);
		this.durable.wait("let-it-sink-in", Duration.ofHours(1));
		return greeting + ", still there?";
	}

	@DurableStep
	String compose(String name) {
		return "Hello, " + name;
	}

}
