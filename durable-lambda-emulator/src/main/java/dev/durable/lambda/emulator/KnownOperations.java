package dev.durable.lambda.emulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.HashMap;
import java.util.Set;
import java.util.stream.Collectors;

import dev.durable.OperationId;
import dev.durable.OperationStatus;
import dev.durable.OperationType;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one invocation, and which of them it has not been told of.
 * Thread-safe.
 */
final class KnownOperations {

	private final Map<String, OperationState> states = new HashMap<>();

	private final Set<String> unseen = new LinkedHashSet<>();

	KnownOperations(Collection<OperationState> recorded) {
		recorded.forEach((state) -> this.states.put(state.operation().id().value(), state));
	}

	synchronized void changed(OperationState state) {
		String id = state.operation().id().value();
		this.states.put(id, state);
		this.unseen.remove(id);
		this.unseen.add(id);
	}

	synchronized @Nullable OperationState get(String id) {
		return this.states.get(id);
	}

	/** All of them, in the order in which they began. */
	synchronized List<OperationState> all() {
		return this.states.values()
			.stream()
			.sorted(Comparator.comparingLong((state) -> state.facts().position()))
			.toList();
	}

	/** What changed since the last call, in the order in which it did. */
	synchronized List<OperationState> takeUnseen() {
		List<OperationState> taken = new ArrayList<>();
		for (String id : this.unseen) {
			taken.add(this.states.get(id));
		}
		this.unseen.clear();
		return taken;
	}

	/** What ended, or became ready, that the function does not know. */
	synchronized Set<String> news() {
		return this.unseen.stream().filter((id) -> isNews(this.states.get(id))).collect(Collectors.toSet());
	}

	private static boolean isNews(@Nullable OperationState state) {
		return state != null && (state.status().isTerminal() || state.status() == OperationStatus.READY);
	}

	/** Whether anything is still to come that lets the function go on. */
	synchronized boolean isPending() {
		return this.states.values().stream().anyMatch((state) -> isAwaited(state) && !isLeft(state));
	}

	private static boolean isAwaited(OperationState state) {
		OperationType type = state.operation().subType().type();
		return state.status() == OperationStatus.PENDING
				|| (state.status() == OperationStatus.STARTED && (type == OperationType.WAIT
						|| type == OperationType.CALLBACK || type == OperationType.CHAINED_INVOKE));
	}

	/** Whether a context around it has ended, so that nobody waits for it. */
	private boolean isLeft(OperationState state) {
		OperationId parent = state.operation().parentId();
		while (parent != null) {
			OperationState context = this.states.get(parent.value());
			if (context == null || context.status().isTerminal()) {
				return context != null;
			}
			parent = context.operation().parentId();
		}
		return false;
	}

}
