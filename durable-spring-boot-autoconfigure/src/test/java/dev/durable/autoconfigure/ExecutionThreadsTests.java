package dev.durable.autoconfigure;

import java.util.List;

import dev.durable.autoconfigure.DurableProperties.Threads;
import io.micrometer.context.ContextRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link ExecutionThreads}. */
class ExecutionThreadsTests {

	private final MockEnvironment environment = new MockEnvironment();

	@AfterEach
	void clearLoggingContext() {
		MDC.clear();
	}

	@Test
	void executorWhenNothingIsSetIsTheEnginesOwn() {
		assertThat(threads(null).executor()).isEmpty();
	}

	@Test
	void executorWhenTheApplicationUsesVirtualThreadsIsVirtualIfTheJvmHasThem() {
		this.environment.setProperty("spring.threads.virtual.enabled", "true");
		assertThat(threads(null).executor().isPresent()).isEqualTo(Runtime.version().feature() >= 21);
		assertThat(threads(false).executor()).isEmpty();
	}

	@Test
	void executorWhenVirtualThreadsAreAskedForIsVirtualIfTheJvmHasThem() {
		assertThat(threads(true).executor().isPresent()).isEqualTo(Runtime.version().feature() >= 21);
	}

	@Test
	void decoratorWhenATaskRunsElsewhereHandsOnTheLoggingContextAndRestoresIt() {
		MDC.put("tenant", "starter");
		Runnable task = threads(null).decorator().apply(() -> {
			assertThat(MDC.get("tenant")).isEqualTo("starter");
			MDC.put("tenant", "changed by the task");
		});
		MDC.put("tenant", "elsewhere");
		task.run();
		assertThat(MDC.get("tenant")).isEqualTo("elsewhere");
	}

	@Test
	void decoratorWhenContextPropagationIsPresentHandsOnItsValues() {
		ThreadLocal<String> user = new ThreadLocal<>();
		ContextRegistry.getInstance().registerThreadLocalAccessor("durable-test-user", user);
		try {
			user.set("ann");
			StringBuilder seen = new StringBuilder();
			Runnable task = threads(null).decorator().apply(() -> seen.append(user.get()));
			user.remove();
			task.run();
			assertThat(seen).hasToString("ann");
		}
		finally {
			ContextRegistry.getInstance().removeThreadLocalAccessor("durable-test-user");
		}
	}

	@Test
	void decoratorWhenTheApplicationHasDecoratorsUsesThose() {
		StringBuilder seen = new StringBuilder();
		ExecutionThreads.of(new Threads(null, 1, 1), this.environment, List.of((task) -> () -> {
			seen.append("decorated ");
			task.run();
		})).decorator().apply(() -> seen.append("task")).run();
		assertThat(seen).hasToString("decorated task");
	}

	private ExecutionThreads threads(Boolean virtual) {
		return ExecutionThreads.of(new Threads(virtual, 1, 1), this.environment, List.of());
	}

}
