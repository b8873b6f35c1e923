package dev.durable.conformance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.durable.CallbackAlreadyCompletedException;
import dev.durable.DurableCallbacks;
import dev.durable.EventType;
import dev.durable.OperationRef;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
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
	@Nullable Instant nextDue(List<Event> history) {
		return next(history).map(Due::at).orElse(null);
	}

	/**
	 * Do the next action if it is due.
	 * @return whether something was done
	 */
	boolean act(DurableCallbacks callbacks, List<Event> history, Instant now) {
		Due due = next(history).filter((next) -> !next.at().isAfter(now)).orElse(null);
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

	private Optional<Due> next(List<Event> history) {
		List<Event> pending = history.stream()
			.filter((event) -> event.type() == EventType.CALLBACK_STARTED)
			.filter((event) -> history.stream()
				.noneMatch((other) -> other.position() > event.position()
						&& Objects.equals(event.operation(), other.operation())))
			.toList();
		return this.remaining.stream()
			.flatMap((action) -> pending.stream()
				.filter((event) -> action.matches(name(event)))
				.map((event) -> new Due(event.timestamp().plus(action.after()), action, id(event))))
			.filter((due) -> !this.refused.contains(due))
			.min(Comparator.comparing(Due::at));
	}

	private static String name(Event event) {
		OperationRef operation = Objects.requireNonNull(event.operation());
		return (operation.name() != null) ? operation.name() : "";
	}

	/** The outsider was told the id; a history does not show all of it. */
	private static String id(Event event) {
		Payload id = Objects.requireNonNull(event.content().payload());
		return Json.parse(id.text()).asString();
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
