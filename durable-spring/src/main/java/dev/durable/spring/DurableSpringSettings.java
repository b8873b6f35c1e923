package dev.durable.spring;

import java.time.Duration;
import java.util.concurrent.Executor;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * How durable methods of beans behave.
 *
 * @param selfCalls what happens when a bean that cannot be enhanced calls its own durable
 * methods
 * @param callTimeout how long a caller outside any execution waits for a function's
 * result; more than zero
 * @param executor runs one blocking task for each {@code CompletableFuture} that a
 * function gave to a caller outside any execution, until that execution ends
 */
public record DurableSpringSettings(SelfCalls selfCalls, Duration callTimeout, Executor executor) {

	public DurableSpringSettings {
		if (callTimeout.isNegative() || callTimeout.isZero()) {
			throw new IllegalArgumentException("'callTimeout' must be more than zero but was " + callTimeout);
		}
	}

	/**
	 * Return the defaults: fail on self-calls, wait 30 seconds, one daemon thread for
	 * each future.
	 * @return the settings
	 */
	public static DurableSpringSettings defaults() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("durable-result-");
		executor.setDaemon(true);
		return new DurableSpringSettings(SelfCalls.FAIL, Duration.ofSeconds(30), executor);
	}

}
