package dev.durable.docs;

import java.time.Duration;
import java.time.Instant;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableFuture;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

@Service
class ReminderFlow {

	private final DurableContext durable;

	ReminderFlow(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "remind")
	Duration remind(Duration pause) {
		Instant begin = this.durable.now();
		this.durable.wait("pause", pause);
		return Duration.between(begin, this.durable.now());
	}

	@DurableFunction(name = "cook")
	String cook(String dish) {
		DurableFuture<@Nullable Void> oven = this.durable.waitAsync("oven", Duration.ofMillis(200));
		String table = this.durable.step("lay-table", String.class, (step) -> "table laid");
		oven.get();
		return dish + " is ready, " + table;
	}

}
