package dev.durable.conformance.waiting;

import java.time.Duration;

import dev.durable.ConditionOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.WaitStrategy;

import org.springframework.stereotype.Component;

/** Conditions that are never met, or cannot be checked. */
@Component
class ConditionFailures {

	private final DurableContext durable;

	ConditionFailures(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "6-6")
	int maxAttempts(int from) {
		WaitStrategy<Integer> strategy = WaitStrategy.<Integer>until((state) -> false)
			.fixedDelay(Duration.ofSeconds(1))
			.maxAttempts(3)
			.build();
		return this.durable.waitForCondition(null, Integer.class, ConditionOptions.of(from, strategy),
				(state, step) -> state + 1);
	}

	@DurableFunction(name = "6-7")
	int checkThrows() {
		return failingCheck();
	}

	@DurableFunction(name = "6-8")
	String checkThrowsAndIsCaught() {
		try {
			return "state " + failingCheck();
		}
		catch (IllegalStateException ex) {
			return "recovered";
		}
	}

	private int failingCheck() {
		return this.durable.waitForCondition(null, Integer.class, ConditionOptions.until(0, (state) -> state > 0),
				(state, step) -> {
					throw new IllegalStateException("The condition cannot be checked");
				});
	}

}
