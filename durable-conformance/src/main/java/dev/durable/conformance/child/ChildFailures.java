package dev.durable.conformance.child;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.durable.BackoffRetry;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.Jitter;
import dev.durable.RetryPreset;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;

import org.springframework.stereotype.Component;

/** Child contexts that fail, or nearly. */
@Component
class ChildFailures {

	private final DurableContext durable;

	ChildFailures(DurableContext durable) {
		this.durable = durable;
	}

	@DurableStep(retry = RetryPreset.NONE)
	String failing() {
		throw new IllegalStateException("The step failed for good");
	}

	@DurableFunction(name = "3-4")
	String stepFails() {
		return this.durable.runInChildContext("child", String.class, (child) -> failing());
	}

	@DurableFunction(name = "3-5")
	String failureCaught(String input) {
		try {
			return this.durable.runInChildContext("child", String.class, (child) -> failing());
		}
		catch (IllegalStateException ex) {
			return recover(input);
		}
	}

	@DurableStep
	String recover(String input) {
		return input;
	}

	@DurableFunction(name = "3-7")
	String stepRetried(String input) {
		BackoffRetry.Builder everySecond = RetryStrategy.backoff()
			.maxAttempts(3)
			.initialDelay(Duration.ofSeconds(1))
			.backoffRate(1)
			.jitter(Jitter.NONE);
		return this.durable.runInChildContext("child", String.class, (child) -> child.step("unreliable", String.class,
				StepOptions.defaults().withRetry(everySecond.build()), (step) -> {
					if (step.attempt() == 1) {
						throw new IllegalStateException("The first attempt failed");
					}
					return input;
				}));
	}

	@DurableFunction(name = "3-8")
	String retriesExhausted() {
		return this.durable.runInChildContext("child", String.class, (child) -> failingTwice());
	}

	@DurableStep(maxRetries = 1, delay = 1, timeUnit = TimeUnit.SECONDS)
	String failingTwice() {
		throw new IllegalStateException("The step always fails");
	}

	@DurableFunction(name = "3-15")
	String bodyFails() {
		return this.durable.runInChildContext("child", String.class, (child) -> {
			throw new IllegalStateException("The child context failed");
		});
	}

}
