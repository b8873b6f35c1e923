package dev.durable.docs;

import java.time.Duration;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;

import org.springframework.stereotype.Service;

@Service
class GreetingFlow {

	private final DurableContext durable;

	GreetingFlow(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "greet")
	String greet(String name) {
		String greeting = compose(name);
		this.durable.wait("breathe", Duration.ofMillis(100));
		return greeting;
	}

	@DurableStep
	String compose(String name) {
		return "Hello, " + name;
	}

}
