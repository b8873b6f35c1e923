package dev.durable.spring;

import java.time.Duration;

import dev.durable.DurableFunction;
import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DurationFormat;

/**
 * How long executions of a function take and stay; {@code null} is the engine's default.
 *
 * @param timeout how long one may take, between one second and 366 days
 * @param retention how long one is kept after its end; negative for ever
 */
record ExecutionTimes(@Nullable Duration timeout, @Nullable Duration retention) {

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private static final Duration LONGEST = Duration.ofDays(366);

	ExecutionTimes {
		if (timeout != null && (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0)) {
			throw new IllegalArgumentException(
					"'executionTimeout' must be between 1 second and 366 days but was " + timeout);
		}
	}

	static ExecutionTimes read(DurableFunction annotation, AttributeText text, FunctionOverride override) {
		Duration timeout = (override.executionTimeout() != null) ? override.executionTimeout()
				: text.duration("executionTimeout", annotation.executionTimeout(), DurationFormat.Unit.SECONDS);
		Duration retention = (override.retention() != null) ? override.retention()
				: text.duration("retention", annotation.retention(), DurationFormat.Unit.SECONDS);
		return new ExecutionTimes(timeout, retention);
	}

}
