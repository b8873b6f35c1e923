package dev.durable.journal;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** What an update says beside its action. */
public sealed interface UpdateOptions {

	/** Nothing. */
	UpdateOptions NONE = new None();

	/** Nothing. */
	record None() implements UpdateOptions {

	}

	/**
	 * When a step is tried, or a condition checked, again.
	 *
	 * @param delay zero or more
	 */
	record RetryAfter(Duration delay) implements UpdateOptions {

	}

	/**
	 * How long a wait lasts.
	 *
	 * @param duration more than zero
	 */
	record WaitFor(Duration duration) implements UpdateOptions {

	}

	/**
	 * When a callback times out.
	 *
	 * @param timeout zero for never
	 * @param heartbeatTimeout zero for never
	 */
	record Timeouts(Duration timeout, Duration heartbeatTimeout) implements UpdateOptions {

	}

	/**
	 * What a chained invoke calls.
	 *
	 * @param function the function's name
	 * @param tenantId the tenant, or {@code null}
	 */
	record Invoke(String function, @Nullable String tenantId) implements UpdateOptions {

	}

	/**
	 * The result of a context is too large to record: its children are kept to rebuild
	 * it.
	 */
	record ReplayChildren() implements UpdateOptions {

	}

}
