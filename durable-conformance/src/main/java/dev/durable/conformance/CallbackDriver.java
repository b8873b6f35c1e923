package dev.durable.conformance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.durable.CallbackAlreadyCompletedException;
import dev.durable.DurableCallbacks;
import org.jspecify.annotations.Nullable;

/**
 * Whoever completes callbacks: does each action once, to the first matching callback that
 * has not ended when its delay has passed. Not thread-safe.
 */
final class CallbackDriver {

	private final List<CallbackAction> remaining;

	private final List<Due> refused = new ArrayList<>();

	CallbackDriver(List<CallbackAction> actions) {
		this.remaining = new ArrayList<>(actions);
	}

	/** Return when the next action is due, or {@code null} if none is in sight. */
	@Nullable Instant nextDue(List<PendingCallback> pending) {
		return next(pending).map(Due::at).orElse(null);
	}

	/**
	 * Do the next action if it is due.
	 * @return whether something was done
	 */
	boolean act(DurableCallbacks callbacks, List<PendingCallback> pending, Instant now) {
		Due due = next(pending).filter((next) -> !next.at().isAfter(now)).orElse(null);
		if (due == null) {
			return false;
		}
		try {
			due.action().perform(callbacks, due.callbackId());
			this.remaining.remove(due.action());
		}
		catch (CallbackAlreadyCompletedException ex) {
			this.refused.add(due);
		}
		return true;
	}

	private Optional<Due> next(List<PendingCallback> pending) {
		return this.remaining.stream()
			.flatMap((action) -> pending.stream()
				.filter((callback) -> action.matches(callback.name()))
				.map((callback) -> new Due(callback.startedAt().plus(action.after()), action, callback.id())))
			.filter((due) -> !this.refused.contains(due))
			.min(Comparator.comparing(Due::at));
	}

	/**
	 * An action and the callback that it is for.
	 *
	 * @param at when
	 * @param action what
	 * @param callbackId to which callback
	 */
	private record Due(Instant at, CallbackAction action, String callbackId) {

	}

}
