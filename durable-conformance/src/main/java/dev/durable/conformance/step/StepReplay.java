package dev.durable.conformance.step;

import java.time.Duration;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;

import org.springframework.stereotype.Component;

/** Steps that are replayed after a wait. */
@Component
class StepReplay {

	private final DurableContext durable;

	StepReplay(DurableContext durable) {
		this.durable = durable;
	}

	@DurableFunction(name = "1-8")
	String stepAndWait() {
		String result = work();
		this.durable.wait("pause", Duration.ofSeconds(1));
		return result;
	}

	@DurableStep
	String work() {
		return "Operation succeeded";
	}

	@DurableFunction(name = "1-9")
	String succeededStepIsSkipped() {
		String result = this.durable.step("work", String.class, (step) -> {
			step.logger().info("step executed");
			return "Operation succeeded";
		});
		this.durable.wait("pause", Duration.ofSeconds(1));
		return result;
	}

	@DurableFunction(name = "1-10")
	String failedStepThrowsAgain() {
		String result;
		try {
			result = this.durable.step("failing", String.class, StepOptions.defaults().withRetry(RetryStrategy.none()),
					(step) -> {
						step.logger().info("step executed");
						throw new IllegalStateException("The step failed for good");
					});
		}
		catch (IllegalStateException ex) {
			result = "caught: " + ex.getMessage();
		}
		this.durable.wait("pause", Duration.ofSeconds(1));
		return result;
	}

}
