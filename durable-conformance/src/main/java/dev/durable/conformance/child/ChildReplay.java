package dev.durable.conformance.child;

import java.time.Duration;

import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.conformance.CrashesProcess;
import dev.durable.conformance.ProcessExit;

import org.springframework.stereotype.Component;

/** Child contexts that run again, or must not. */
@Component
class ChildReplay {

	/** More than 256 KiB. */
	private static final int LARGE = 300 * 1024;

	private final DurableContext durable;

	private final ProcessExit process;

	ChildReplay(DurableContext durable, ProcessExit process) {
		this.durable = durable;
		this.process = process;
	}

	@DurableFunction(name = "3-11")
	int largeResult(String input) {
		String large = this.durable.runInChildContext("child", String.class, (child) -> {
			child.logger().info("Building a large result for {}", input);
			String small = child.step("small", String.class, (step) -> input);
			return small.repeat(LARGE / small.length());
		});
		this.durable.wait("pause", Duration.ofSeconds(1));
		return large.length();
	}

	@CrashesProcess
	@DurableFunction(name = "3-12")
	String interrupted(String input) {
		return this.durable.runInChildContext("child", String.class,
				(child) -> child.step("crashing", String.class, (step) -> {
					if (!this.process.hasCrashed(step.executionId())) {
						throw this.process.crash(step);
					}
					return input;
				}));
	}

	@DurableFunction(name = "3-17")
	String loggerOnly(String input) {
		String result = this.durable.runInChildContext("child", String.class, (child) -> {
			child.logger().info("Running the child context for {}", input);
			return input;
		});
		this.durable.wait("pause", Duration.ofSeconds(1));
		return result;
	}

}
