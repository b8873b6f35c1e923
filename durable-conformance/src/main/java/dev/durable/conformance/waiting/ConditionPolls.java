package dev.durable.conformance.waiting;

import java.time.Duration;
import java.util.function.Predicate;

import dev.durable.ConditionOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.WaitStrategy;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Conditions on a counter that are met in the end. */
@Component
class ConditionPolls {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final DurableContext durable;

	ConditionPolls(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "6-1")
	int untilThreshold(int threshold) {
		return count(null, 0, threshold, SECOND);
	}

	@DurableFunction(name = "6-2")
	int metAtOnce(int threshold) {
		return this.durable.waitForCondition(null, Integer.class,
				ConditionOptions.of(5, every(SECOND, (state) -> state >= threshold)), (state, step) -> state);
	}

	@DurableFunction(name = "6-3")
	int named(int threshold) {
		return count("poll-status", 0, threshold, SECOND);
	}

	@DurableFunction(name = "6-4")
	int fromInitialState(int threshold) {
		return count(null, 5, threshold, SECOND);
	}

	@DurableFunction(name = "6-5")
	int fixedDelay(int threshold) {
		return count(null, 0, threshold, Duration.ofSeconds(2));
	}

	@DurableFunction(name = "6-12")
	int thenStep(int threshold) {
		return timesTen(count(null, 0, threshold, SECOND));
	}

	@DurableStep(name = "times-ten")
	int timesTen(int value) {
		return value * 10;
	}

	@DurableFunction(name = "6-13")
	int twice() {
		int first = count(null, 0, 2, SECOND);
		return count(null, first, 4, SECOND);
	}

	private int count(@Nullable String name, int from, int threshold, Duration delay) {
		return this.durable.waitForCondition(name, Integer.class,
				ConditionOptions.of(from, every(delay, (state) -> state >= threshold)), (state, step) -> state + 1);
	}

	private static WaitStrategy<Integer> every(Duration delay, Predicate<Integer> met) {
		return WaitStrategy.until(met).fixedDelay(delay).build();
	}

}
