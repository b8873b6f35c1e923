package dev.durable.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.OperationType;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationState;
import dev.durable.OperationStatus;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackState;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import dev.durable.store.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Finds what ended without the execution's code: waits, retries and callbacks that are
 * due, and news that signals announce. Called by the owner only, one call at a time.
 */
final class Settlement {

	private final Host host;

	private final CheckpointStore store;

	private final ExecutionId execution;

	private final OperationFold fold;

	/** When callbacks are looked at next, where a heartbeat has moved that. */
	private final Map<String, Instant> beating = new HashMap<>();

	Settlement(Host host, ExecutionId execution, OperationFold fold) {
		this.host = host;
		this.store = host.store();
		this.execution = execution;
		this.fold = fold;
	}

	/**
	 * What a settlement found.
	 *
	 * @param events what is to be journaled
	 * @param ready steps whose retry is due, which is not journaled
	 * @param stale ids of signals that announce nothing new
	 */
	record Found(List<EventDraft> events, List<OperationState> ready, List<String> stale) {

		boolean isNews() {
			return !this.events.isEmpty() || !this.ready.isEmpty() || !this.stale.isEmpty();
		}

	}

	Found settle(Instant now) {
		List<EventDraft> events = new ArrayList<>();
		List<OperationState> retries = new ArrayList<>();
		for (OperationState state : this.fold.all()) {
			Instant dueAt = dueAt(state);
			if (dueAt == null || dueAt.isAfter(now)) {
				continue;
			}
			if (state.status() == OperationStatus.PENDING) {
				retries.add(state);
			}
			else if (state.operation().subType().type() == OperationType.WAIT) {
				events.add(draft(EventType.WAIT_SUCCEEDED, state, now, EventContent.NONE, Effects.NONE));
			}
			else {
				timeOut(state, now).ifPresent(events::add);
			}
		}
		List<String> stale = new ArrayList<>();
		// After the timeouts: a completion that beat one has inserted its signal by now.
		for (Signal signal : this.store.signals(List.of(this.execution))) {
			announced(signal, now).ifPresentOrElse(events::add, () -> stale.add(signal.id()));
		}
		// Last: nobody is told of it if anything above fails.
		return new Found(events, retries.stream().map(this.fold::ready).toList(), stale);
	}

	/** When the earliest operation is due that is not yet, or null. */
	@Nullable Instant nextDue() {
		Instant next = null;
		for (OperationState state : this.fold.all()) {
			next = UpdateWriter.earlier(next, dueAt(state));
		}
		return next;
	}

	private @Nullable Instant dueAt(OperationState state) {
		Instant due = OperationFold.dueAt(state);
		return (due != null && !this.fold.isLeft(state))
				? this.beating.getOrDefault(state.operation().id().value(), due) : null;
	}

	private Optional<EventDraft> timeOut(OperationState state, Instant now) {
		String lookup = lookup(state);
		CallbackRow row = this.store.callback(lookup).orElse(null);
		if (row == null) {
			return Optional.empty();
		}
		if (row.outcome().state() == CallbackState.TIMED_OUT) {
			// Ended by an invocation that crashed before it could journal this.
			return Optional.of(ended(state, EventType.CALLBACK_TIMED_OUT, row.outcome(), now, Effects.NONE));
		}
		CallbackRow.Deadlines deadlines = row.deadlines();
		Instant due = UpdateWriter.earlier(deadlines.timeoutAt(), deadlines.heartbeatAt());
		if (due != null && due.isAfter(now)) {
			this.beating.put(state.operation().id().value(), due);
			return Optional.empty();
		}
		boolean overall = deadlines.timeoutAt() != null && !deadlines.timeoutAt().isAfter(now);
		CallbackRow.Outcome outcome = new CallbackRow.Outcome(CallbackState.TIMED_OUT, null,
				this.host.error(overall ? "Callback.Timeout" : "Callback.Heartbeat",
						overall ? "Callback timed out" : "Callback heartbeat timed out"));
		return this.store.completeCallback(lookup, outcome, Optional.empty())
				? Optional.of(ended(state, EventType.CALLBACK_TIMED_OUT, outcome, now, Effects.NONE))
				: Optional.empty();
	}

	private String lookup(OperationState state) {
		Payload id = state.facts().callbackId();
		String text = (id != null) ? (String) this.host.payloads().codec().decode(id, String.class) : null;
		return CallbackId.parse(String.valueOf(text))
			.orElseThrow(() -> new IllegalStateException("%s has no readable id".formatted(state.operation())))
			.lookup();
	}

	private Optional<EventDraft> announced(Signal signal, Instant now) {
		OperationState state = this.fold.get(signal.operation());
		if (state == null || state.status() != OperationStatus.STARTED || this.fold.isLeft(state)) {
			return Optional.empty();
		}
		Effects consume = new Effects(List.of(), List.of(signal.id()), List.of(), false);
		return switch (signal.kind()) {
			case CALLBACK -> this.store.callback(lookup(state)).flatMap((row) -> switch (row.outcome().state()) {
				case SUCCEEDED -> Optional.of(ended(state, EventType.CALLBACK_SUCCEEDED, row.outcome(), now, consume));
				case FAILED -> Optional.of(ended(state, EventType.CALLBACK_FAILED, row.outcome(), now, consume));
				case PENDING, TIMED_OUT, CLOSED -> Optional.empty();
			});
			case CHILD -> this.store.lastEvent(ExecutionIds.child(this.execution, signal.operation()))
				.flatMap((last) -> childEnded(state, last, now, consume));
		};
	}

	private static Optional<EventDraft> childEnded(OperationState state, Event last, Instant now, Effects consume) {
		EventType type = switch (last.type()) {
			case EXECUTION_SUCCEEDED -> EventType.CHAINED_INVOKE_SUCCEEDED;
			case EXECUTION_FAILED -> EventType.CHAINED_INVOKE_FAILED;
			case EXECUTION_TIMED_OUT -> EventType.CHAINED_INVOKE_TIMED_OUT;
			case EXECUTION_STOPPED -> EventType.CHAINED_INVOKE_STOPPED;
			default -> null;
		};
		if (type == null) {
			return Optional.empty();
		}
		EventContent content = new EventContent(opened(last.content().payload()), opened(last.content().error()),
				EventDetails.NONE);
		return Optional.of(draft(type, state, now, content, consume));
	}

	/**
	 * What another execution recorded is sealed anew: if it cannot be opened, say so now.
	 */
	static @Nullable Payload opened(@Nullable Payload recorded) {
		if (recorded != null) {
			recorded.bytes();
		}
		return recorded;
	}

	private static EventDraft ended(OperationState state, EventType type, CallbackRow.Outcome outcome, Instant now,
			Effects effects) {
		return draft(type, state, now, new EventContent(outcome.payload(), outcome.error(), EventDetails.NONE),
				effects);
	}

	private static EventDraft draft(EventType type, OperationState state, Instant now, EventContent content,
			Effects effects) {
		return new EventDraft(type, now, state.operation(), content, effects);
	}

}
