package dev.durable.spring;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What configuration says about one function; {@code null} leaves the annotation's value.
 *
 * @param executionTimeout how long an execution may take, between one second and 366 days
 * @param retention how long an execution is kept after its end; negative for ever
 * @param idempotencyKey the expression that names executions; empty for none
 */
public record FunctionOverride(@Nullable Duration executionTimeout, @Nullable Duration retention,
		@Nullable String idempotencyKey) {

	static final FunctionOverride NONE = new FunctionOverride(null, null, null);

}
