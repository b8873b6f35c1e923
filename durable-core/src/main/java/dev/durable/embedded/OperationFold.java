package dev.durable.embedded;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationSubType;
import dev.durable.OperationType;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationState;
import dev.durable.OperationStatus;
import dev.durable.store.Event;
import dev.durable.store.EventDetails;
import org.jspecify.annotations.Nullable;

/** Folds events into the states of operations. Written by one thread at a time. */
final class OperationFold {

	private final Map<OperationId, OperationState> states = new ConcurrentHashMap<>();

	/** Apply an event of an operation and return the operation's new state. */
	@Nullable OperationState apply(Event event) {
		OperationRef operation = event.operation();
		if (operation == null) {
			return null;
		}
		OperationState former = this.states.get(operation.id());
		OperationState state = next(former, operation, event);
		this.states.put(operation.id(), state);
		return state;
	}

	private static OperationState next(@Nullable OperationState former, OperationRef operation, Event event) {
		EventDetails details = event.content().details();
		OperationStatus status = status(event, details);
		OperationRef ref = (former != null) ? former.operation() : operation;
		int attempt = Math.max(details.number(Details.ATTEMPT), (former != null) ? former.attempt() : 0);
		Payload payload = (status.isTerminal() || status == OperationStatus.PENDING) ? event.content().payload()
				: (former != null) ? former.payload() : null;
		Payload callbackId = (operation.subType() == OperationSubType.CALLBACK && former == null)
				? event.content().payload() : (former != null) ? former.facts().callbackId() : null;
		OperationState.Facts first = (former != null) ? former.facts() : null;
		return new OperationState(ref, status, attempt, payload, event.content().error(),
				new OperationState.Facts((first != null) ? first.position() : event.position(), event.position(),
						(first != null) ? first.startedAt() : event.timestamp(), event.timestamp(), callbackId,
						status.isTerminal() ? null : details.instant(Details.DUE_AT),
						details.text(Details.REPLAY_CHILDREN) != null));
	}

	private static OperationStatus status(Event event, EventDetails details) {
		return switch (event.type()) {
			case STEP_STARTED, CONTEXT_STARTED, WAIT_STARTED, CALLBACK_STARTED, CHAINED_INVOKE_STARTED ->
				OperationStatus.STARTED;
			case STEP_SUCCEEDED ->
				(details.text(Details.DELAY) != null) ? OperationStatus.PENDING : OperationStatus.SUCCEEDED;
			case CONTEXT_SUCCEEDED, WAIT_SUCCEEDED, CALLBACK_SUCCEEDED, CHAINED_INVOKE_SUCCEEDED ->
				OperationStatus.SUCCEEDED;
			case STEP_FAILED ->
				(details.text(Details.DELAY) != null) ? OperationStatus.PENDING : OperationStatus.FAILED;
			case CONTEXT_FAILED, CALLBACK_FAILED, CHAINED_INVOKE_FAILED -> OperationStatus.FAILED;
			case CALLBACK_TIMED_OUT, CHAINED_INVOKE_TIMED_OUT -> OperationStatus.TIMED_OUT;
			case CHAINED_INVOKE_STOPPED -> OperationStatus.STOPPED;
			case WAIT_CANCELLED -> OperationStatus.CANCELLED;
			default -> throw new IllegalStateException(
					"Event %d of type %s must not belong to an operation".formatted(event.position(), event.type()));
		};
	}

	/** Note that a retry is due, which no event records. */
	OperationState ready(OperationState pending) {
		OperationState ready = pending.withStatus(OperationStatus.READY);
		this.states.put(pending.operation().id(), ready);
		return ready;
	}

	@Nullable OperationState get(OperationId id) {
		return this.states.get(id);
	}

	Collection<OperationState> all() {
		return this.states.values();
	}

	/** Whether the operation waits for a time or for somebody outside. */
	static boolean isWaiting(OperationState state) {
		OperationType type = state.operation().subType().type();
		return state.status() == OperationStatus.PENDING || (state.status() == OperationStatus.STARTED
				&& (type == OperationType.WAIT || type == OperationType.CALLBACK));
	}

	static @Nullable Instant dueAt(OperationState state) {
		return isWaiting(state) ? state.facts().dueAt() : null;
	}

	/** Whether a context around the operation has ended before it, so nobody waits. */
	boolean isLeft(OperationState state) {
		OperationId parent = state.operation().parentId();
		while (parent != null) {
			OperationState context = this.states.get(parent);
			if (context == null || context.status().isTerminal()) {
				return context != null;
			}
			parent = context.operation().parentId();
		}
		return false;
	}

	/** Drop what lies below completed contexts: their results stand for it. */
	void prune() {
		Map<OperationId, Boolean> covered = new HashMap<>();
		Set<OperationId> drop = new HashSet<>();
		for (OperationState state : this.states.values()) {
			if (isCovered(state.operation().parentId(), covered)) {
				drop.add(state.operation().id());
			}
		}
		drop.forEach(this.states::remove);
	}

	private boolean isCovered(@Nullable OperationId context, Map<OperationId, Boolean> known) {
		if (context == null) {
			return false;
		}
		Boolean answer = known.get(context);
		if (answer == null) {
			OperationState state = this.states.get(context);
			answer = state != null && ((state.status().isTerminal() && !state.facts().replayChildren())
					|| isCovered(state.operation().parentId(), known));
			known.put(context, answer);
		}
		return answer;
	}

}
