package dev.durable.conformance.callback;

import java.time.Duration;

import dev.durable.CallbackOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;

import org.springframework.stereotype.Component;

/** One callback that is waited for at once. */
@Component
class CallbackBasics {

	private final DurableContext durable;

	CallbackBasics(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "4-1")
	String success(String name) {
		return this.durable.createCallback(name, String.class).get();
	}

	@DurableFunction(name = "4-2")
	String named() {
		return this.durable.createCallback("approval", String.class).get();
	}

	@DurableFunction(name = "4-3")
	String timeout(String name) {
		return this.durable
			.createCallback(name, String.class, CallbackOptions.defaults().withTimeout(Duration.ofSeconds(5)))
			.get();
	}

	@DurableFunction(name = "4-4")
	String heartbeatTimeout(String name) {
		return this.durable
			.createCallback(name, String.class, CallbackOptions.defaults().withHeartbeatTimeout(Duration.ofSeconds(5)))
			.get();
	}

	@DurableFunction(name = "4-5")
	String heartbeatThenSuccess(String name) {
		return this.durable
			.createCallback(name, String.class, CallbackOptions.defaults().withHeartbeatTimeout(Duration.ofSeconds(10)))
			.get();
	}

	@DurableFunction(name = "4-6")
	String failure(String name) {
		return this.durable.createCallback(name, String.class).get();
	}

}
