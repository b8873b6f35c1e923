package dev.durable.spring;

import java.time.Duration;

import dev.durable.RetryPreset;
import dev.durable.StepSemantics;
import org.jspecify.annotations.Nullable;

/**
 * What configuration says about one step; {@code null} leaves the annotation's value. The
 * meanings are those of {@link dev.durable.DurableStep}. A preset replaces the
 * annotation's whole retry strategy unless one of the numbers is set here too.
 *
 * @param semantics what happens to an attempt that a crash interrupts
 * @param retry the preset
 * @param maxRetries retries after the first attempt, zero or more
 * @param delay delay before the first retry, zero or more
 * @param multiplier factor from one delay to the next, at least 1
 * @param maxDelay upper bound of a delay, zero or more
 * @param jitter how far a delay is moved at random, zero or more
 */
public record StepOverride(@Nullable StepSemantics semantics, @Nullable RetryPreset retry, @Nullable Long maxRetries,
		@Nullable Duration delay, @Nullable Double multiplier, @Nullable Duration maxDelay, @Nullable Duration jitter) {

	static final StepOverride NONE = new StepOverride(null, null, null, null, null, null, null);

	boolean setsBackoff() {
		return this.maxRetries != null || this.delay != null || this.multiplier != null || this.maxDelay != null
				|| this.jitter != null;
	}

}
