package dev.durable.conformance.step;

import java.time.Duration;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.Jitter;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.StepSemantics;
import dev.durable.conformance.CrashesProcess;
import dev.durable.conformance.ProcessExit;

import org.springframework.stereotype.Component;

/** Steps that a crash cuts off, and that run at most once per attempt. */
@Component
class StepCrashes {

	private static final StepOptions AT_MOST_ONCE = StepOptions.defaults()
		.withSemantics(StepSemantics.AT_MOST_ONCE_PER_RETRY);

	private final DurableContext durable;

	private final ProcessExit process;

	StepCrashes(DurableContext durable, ProcessExit process) {
		this.durable = durable;
		this.process = process;
	}

	@CrashesProcess
	@DurableFunction(name = "1-17")
	String interrupted(String input) {
		return this.durable.step("crashing", String.class, AT_MOST_ONCE.withRetry(RetryStrategy.none()), (step) -> {
			step.logger().info("Crashing with {}", input);
			throw this.process.crash(step);
		});
	}

	@CrashesProcess
	@DurableFunction(name = "1-18")
	String interruptedAndRetried(String input) {
		RetryStrategy everySecond = RetryStrategy.backoff()
			.maxAttempts(3)
			.initialDelay(Duration.ofSeconds(1))
			.backoffRate(1)
			.jitter(Jitter.NONE)
			.build();
		return this.durable.step("crashing", String.class, AT_MOST_ONCE.withRetry(everySecond), (step) -> {
			step.logger().info("Running with {}", input);
			if (step.attempt() == 1) {
				throw this.process.crash(step);
			}
			return "succeeded on second attempt";
		});
	}

}
