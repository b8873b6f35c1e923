package dev.durable.conformance.step;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.durable.BackoffRetry;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.Jitter;
import dev.durable.RetryStrategy;
import dev.durable.StepContext;
import dev.durable.StepOptions;

import org.springframework.stereotype.Component;

/** Steps that are tried again. */
@Component
class StepRetry {

	private final DurableContext durable;

	StepRetry(DurableContext durable) {
		this.durable = durable;
	}

	private static BackoffRetry.Builder everySecond() {
		return RetryStrategy.backoff()
			.maxAttempts(3)
			.initialDelay(Duration.ofSeconds(1))
			.backoffRate(1)
			.jitter(Jitter.NONE);
	}

	@DurableFunction(name = "1-11")
	String retry() {
		return this.durable.step("unreliable", String.class, StepOptions.defaults().withRetry(everySecond().build()),
				(step) -> unreliable(step, 1));
	}

	private static String unreliable(StepContext step, int failures) {
		if (step.attempt() <= failures) {
			throw new IllegalStateException("Attempt %d failed".formatted(step.attempt()));
		}
		return "Operation succeeded";
	}

	@DurableFunction(name = "1-12")
	void exhaustion() {
		alwaysFails();
	}

	@DurableStep(maxRetries = 3, delay = 1, timeUnit = TimeUnit.SECONDS)
	void alwaysFails() {
		throw new IllegalStateException("The step always fails");
	}

	@DurableFunction(name = "1-13")
	String defaultStrategy() {
		return this.durable.step("unreliable", String.class, (step) -> unreliable(step, 2));
	}

	@DurableFunction(name = "1-14")
	String customStrategy() {
		RetryStrategy strategy = RetryStrategy.backoff()
			.maxAttempts(5)
			.initialDelay(Duration.ofSeconds(2))
			.backoffRate(3)
			.jitter(Jitter.NONE)
			.build();
		return this.durable.step("unreliable", String.class, StepOptions.defaults().withRetry(strategy),
				(step) -> unreliable(step, 2));
	}

	@DurableFunction(name = "1-15")
	String retriedException() {
		return this.durable.step("transient", String.class,
				StepOptions.defaults().withRetry(everySecond().retryIf(TransientError.class::isInstance).build()),
				(step) -> {
					if (step.attempt() == 1) {
						throw new TransientError("Try again");
					}
					return "Operation succeeded";
				});
	}

	@DurableFunction(name = "1-16")
	void otherException() {
		failsTransiently();
	}

	@DurableStep(excludes = TransientError.class)
	void failsTransiently() {
		throw new TransientError("Do not try again");
	}

}
