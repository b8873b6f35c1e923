package dev.durable.conformance.wait;

import java.time.Duration;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.conformance.WaitsLong;

import org.springframework.stereotype.Component;

/** Pauses. */
@Component
class Waits {

	private final DurableContext durable;

	Waits(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "2-1")
	String basic() {
		this.durable.wait(null, Duration.ofSeconds(2));
		return "Wait completed";
	}

	@DurableFunction(name = "2-2")
	String named() {
		this.durable.wait("custom_wait_name", Duration.ofSeconds(2));
		return "Wait completed";
	}

	@DurableFunction(name = "2-3")
	Summary sequence() {
		this.durable.wait("wait-1", Duration.ofSeconds(2));
		this.durable.wait("wait-2", Duration.ofSeconds(2));
		return new Summary(2);
	}

	@DurableFunction(name = "2-4")
	String minutes() {
		this.durable.wait(null, Duration.ofMinutes(1));
		return "Wait completed";
	}

	@WaitsLong
	@DurableFunction(name = "2-5")
	String hours() {
		this.durable.wait(null, Duration.ofHours(1));
		return "Wait completed";
	}

	record Summary(int completedWaits) {

	}

}
