package dev.durable.conformance.invoke;

import java.time.Duration;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What the handlers invoke. Each takes a second, as work elsewhere does: whoever invoked
 * it is suspended when it ends.
 */
@Component
class Targets {

	private final DurableContext durable;

	Targets(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "echo")
	@Nullable Object echo(@Nullable Object input) {
		work();
		return input;
	}

	@DurableFunction(name = "length")
	int length(String input) {
		work();
		return input.length();
	}

	@DurableFunction(name = "failing")
	String failing() {
		work();
		throw new IllegalStateException("The target function failed");
	}

	private void work() {
		this.durable.wait("work", Duration.ofSeconds(1));
	}

}
