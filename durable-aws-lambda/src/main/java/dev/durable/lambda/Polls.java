package dev.durable.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

import dev.durable.OperationId;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * When to ask the service for what ends without this invocation's code: at the time when
 * it is due, and then, or if it has no time, at growing intervals. Belongs to the lock of
 * {@link Checkpointing}.
 */
final class Polls {

	private static final Duration FIRST = Duration.ofSeconds(1);

	private static final Duration LONGEST = Duration.ofSeconds(10);

	private final KnownOperations known;

	private final DoubleSupplier jitter;

	private final Map<OperationId, Next> awaited = new HashMap<>();

	/**
	 * Create the times.
	 * @param jitter gives numbers from zero to one
	 */
	Polls(KnownOperations known, DoubleSupplier jitter) {
		this.known = known;
		this.jitter = jitter;
	}

	/** An operation has changed. */
	void changed(OperationState state, Instant now) {
		OperationId id = state.operation().id();
		if (!this.known.isPending(state)) {
			this.awaited.remove(id);
			return;
		}
		Instant dueAt = state.facts().dueAt();
		this.awaited.put(id, (dueAt != null) ? new Next(0, dueAt) : new Next(1, now.plus(delay(0))));
	}

	/** The time of the next poll, or null if there is nothing to wait for. */
	@Nullable Instant next() {
		Instant next = null;
		for (Map.Entry<OperationId, Next> entry : this.awaited.entrySet()) {
			OperationState state = this.known.get(entry.getKey());
			Instant at = entry.getValue().at();
			if (state != null && this.known.isPending(state) && (next == null || at.isBefore(next))) {
				next = at;
			}
		}
		return next;
	}

	/** The service is being asked now. */
	void polled(Instant now) {
		this.awaited.replaceAll((id, next) -> next.at().isAfter(now) ? next
				: new Next(next.polls() + 1, now.plus(delay(next.polls()))));
	}

	/** Exponential with full jitter. */
	private Duration delay(int polls) {
		Duration base = FIRST.multipliedBy(1L << Math.min(polls, 10));
		Duration bounded = (base.compareTo(LONGEST) < 0) ? base : LONGEST;
		return Duration.ofMillis(Math.max(1, Math.round(bounded.toMillis() * this.jitter.getAsDouble())));
	}

	/**
	 * The next poll for an operation.
	 *
	 * @param polls how many intervals have begun
	 * @param at its time
	 */
	private record Next(int polls, Instant at) {

	}

}
