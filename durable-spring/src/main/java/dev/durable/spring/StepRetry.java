package dev.durable.spring;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

import dev.durable.DurableStep;
import dev.durable.RetryDecision;
import dev.durable.RetryPreset;
import dev.durable.RetryStrategy;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ExceptionTypeFilter;

/**
 * Retries as Spring's {@code @Retryable} describes them: a growing delay, moved by up to
 * the jitter (which grows with it), never below the first delay nor above the largest.
 */
record StepRetry(long maxRetries, Duration delay, Duration jitter, double multiplier, Duration maxDelay,
		DoubleSupplier random) implements RetryStrategy {

	private static final Duration LONGEST = Duration.ofSeconds(31_622_400);

	StepRetry {
		atLeast("maxRetries", 0, maxRetries);
		notNegative("delay", delay);
		notNegative("jitter", jitter);
		notNegative("maxDelay", maxDelay);
		if (!(multiplier >= 1)) {
			throw new IllegalArgumentException("'multiplier' must be at least 1 but was " + multiplier);
		}
	}

	static RetryStrategy of(DurableStep step, AttributeText text, StepOverride override) {
		RetryStrategy strategy = strategy(step, text, override);
		if (step.includes().length == 0 && step.excludes().length == 0) {
			return strategy;
		}
		ExceptionTypeFilter retried = new ExceptionTypeFilter(List.of(step.includes()), List.of(step.excludes()));
		return (error, attempt) -> retried.match(error) ? strategy.decide(error, attempt) : RetryDecision.fail();
	}

	private static RetryStrategy strategy(DurableStep step, AttributeText text, StepOverride override) {
		if (override.retry() != null && !override.setsBackoff()) {
			return preset(override.retry());
		}
		Long maxRetries = first(override.maxRetries(),
				text.number("maxRetries", step.maxRetries(), step.maxRetriesString()));
		Duration delay = first(override.delay(),
				text.duration("delay", step.delay(), step.delayString(), step.timeUnit()));
		Duration jitter = first(override.jitter(),
				text.duration("jitter", step.jitter(), step.jitterString(), step.timeUnit()));
		Double multiplier = first(override.multiplier(),
				text.factor("multiplier", step.multiplier(), step.multiplierString()));
		Duration maxDelay = first(override.maxDelay(),
				text.duration("maxDelay", step.maxDelay(), step.maxDelayString(), step.timeUnit()));
		if (maxRetries == null && delay == null && jitter == null && multiplier == null && maxDelay == null) {
			return preset(step.retry());
		}
		return new StepRetry((maxRetries != null) ? maxRetries : 3, (delay != null) ? delay : Duration.ofSeconds(1),
				(jitter != null) ? jitter : Duration.ZERO, (multiplier != null) ? multiplier : 1,
				(maxDelay != null) ? maxDelay : LONGEST, () -> ThreadLocalRandom.current().nextDouble());
	}

	private static RetryStrategy preset(RetryPreset preset) {
		return switch (preset) {
			case DEFAULT -> RetryStrategy.defaults();
			case LINEAR -> RetryStrategy.linear();
			case NONE -> RetryStrategy.none();
		};
	}

	@Override
	public RetryDecision decide(Throwable error, int attempt) {
		return (attempt > this.maxRetries) ? RetryDecision.fail() : RetryDecision.retryAfter(delayAfter(attempt));
	}

	private Duration delayAfter(int attempt) {
		// Bounded, as nothing times infinity is no number.
		double growth = Math.min(Math.pow(this.multiplier, attempt - 1.0), LONGEST.toMillis());
		double grown = Math.min(this.delay.toMillis() * growth, this.maxDelay.toMillis());
		double spread = this.jitter.toMillis() * growth;
		double lowest = Math.max(grown - spread, Math.min(this.delay.toMillis(), grown));
		double highest = Math.min(grown + spread, this.maxDelay.toMillis());
		return Duration.ofMillis(Math.round(lowest + this.random.getAsDouble() * Math.max(0, highest - lowest)));
	}

	private static <T> @Nullable T first(@Nullable T preferred, @Nullable T other) {
		return (preferred != null) ? preferred : other;
	}

	private static void atLeast(String field, long least, long value) {
		if (value < least) {
			throw new IllegalArgumentException("'%s' must be at least %d but was %d".formatted(field, least, value));
		}
	}

	private static void notNegative(String field, Duration value) {
		if (value.isNegative()) {
			throw new IllegalArgumentException("'%s' must not be negative but was %s".formatted(field, value));
		}
	}

}
