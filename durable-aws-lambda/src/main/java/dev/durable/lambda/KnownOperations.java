package dev.durable.lambda;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import dev.durable.OperationId;
import dev.durable.OperationStatus;
import dev.durable.OperationType;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;

/** What this invocation knows of its execution's operations. Thread-safe. */
final class KnownOperations {

	private final Map<OperationId, OperationState> states = new ConcurrentHashMap<>();

	/** Take over a state; returns whether it is news. */
	boolean put(OperationState state) {
		OperationState former = this.states.put(state.operation().id(), state);
		return former == null || former.status() != state.status() || former.attempt() != state.attempt()
				|| !former.facts().changedAt().equals(state.facts().changedAt())
				|| !Objects.equals(former.facts().dueAt(), state.facts().dueAt());
	}

	@Nullable OperationState get(OperationId id) {
		return this.states.get(id);
	}

	Collection<OperationState> all() {
		return List.copyOf(this.states.values());
	}

	/** Whether the service invokes the function again when an operation goes on. */
	boolean isAnythingPending() {
		return this.states.values().stream().anyMatch(this::isPending);
	}

	/** Whether something goes on by itself until then. */
	boolean isAnythingDueBy(Instant time) {
		return this.states.values()
			.stream()
			.filter(this::isPending)
			.map((state) -> state.facts().dueAt())
			.anyMatch((dueAt) -> dueAt != null && !dueAt.isAfter(time));
	}

	/** Whether an operation ends, or goes on, without code of this invocation. */
	boolean isPending(OperationState state) {
		OperationType type = state.operation().subType().type();
		boolean waits = state.status() == OperationStatus.PENDING
				|| (state.status() == OperationStatus.STARTED && (type == OperationType.WAIT
						|| type == OperationType.CALLBACK || type == OperationType.CHAINED_INVOKE));
		return waits && !isLeft(state);
	}

	/** Whether a context around an operation has ended before it, so nobody waits. */
	private boolean isLeft(OperationState state) {
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

}
