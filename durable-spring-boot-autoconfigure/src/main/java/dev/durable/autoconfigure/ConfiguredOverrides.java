package dev.durable.autoconfigure;

import java.util.Optional;
import java.util.Set;

import dev.durable.spring.DurableOverrides;
import dev.durable.spring.FunctionOverride;
import dev.durable.spring.StepOverride;

/**
 * What {@code durable.steps} and {@code durable.functions} say.
 *
 * @param properties the properties
 */
record ConfiguredOverrides(DurableProperties properties) implements DurableOverrides {

	@Override
	public Optional<StepOverride> step(String name) {
		return Optional.ofNullable(this.properties.steps().get(name))
			.map((step) -> new StepOverride(step.semantics(), step.retry(), step.maxRetries(), step.delay(),
					step.multiplier(), step.maxDelay(), step.jitter()));
	}

	@Override
	public Optional<FunctionOverride> function(String name) {
		return Optional.ofNullable(this.properties.functions().get(name))
			.map((function) -> new FunctionOverride(function.executionTimeout(), function.retention(),
					function.idempotencyKey()));
	}

	@Override
	public Set<String> stepNames() {
		return this.properties.steps().keySet();
	}

	@Override
	public Set<String> functionNames() {
		return this.properties.functions().keySet();
	}

}
