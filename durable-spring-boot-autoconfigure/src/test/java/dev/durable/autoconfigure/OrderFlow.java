package dev.durable.autoconfigure;

import java.util.concurrent.atomic.AtomicInteger;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.RetryPreset;

/** A small flow whose steps call each other on {@code this}. */
class OrderFlow {

	private final DurableContext durable;

	private final AtomicInteger refusals = new AtomicInteger();

	OrderFlow(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "process-order")
	String process(String order) {
		return charge(reserve(order)) + " of " + this.durable.executionId().value().isEmpty();
	}

	@DurableStep
	String reserve(String order) {
		return order + " reserved";
	}

	@DurableStep
	String charge(String order) {
		return order + " charged";
	}

	@DurableFunction(name = "refused-order")
	String refused(String order) {
		return refuse(order);
	}

	@DurableStep(retry = RetryPreset.NONE)
	String refuse(String order) {
		throw new IllegalStateException("refused " + this.refusals.incrementAndGet() + " times");
	}

}
