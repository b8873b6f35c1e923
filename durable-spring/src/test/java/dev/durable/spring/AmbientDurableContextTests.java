package dev.durable.spring;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class AmbientDurableContextTests {

	private final FakeExecution execution = new FakeExecution();

	private final AmbientDurableContext context = new AmbientDurableContext(this.execution);

	@Test
	void callInsideAnExecutionIsPassedOn() throws Exception {
		String result = this.execution.run(() -> this.context.step("hello", String.class, (step) -> "world"));
		assertThat(result).isEqualTo("world");
		assertThat(CallLog.drain()).containsExactly("D:hello", "/D:hello");
	}

	@Test
	void callOutsideAnExecutionIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> this.context.wait("pause", Duration.ofSeconds(1)))
			.withMessage(
					"DurableContext.wait was called on thread '%s', which runs no execution. Call it from a @DurableFunction method, on the thread that the function runs on."
						.formatted(Thread.currentThread().getName()));
	}

	@Test
	void callInsideAStepIsRefused() {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.execution
				.run(() -> this.context.step("hello", String.class, (step) -> this.context.now().toString())))
			.withMessage(
					"DurableContext.now was called inside a step, whose code runs as one unit. Call it from the durable function itself, before or after the step.");
		CallLog.drain();
	}

}
