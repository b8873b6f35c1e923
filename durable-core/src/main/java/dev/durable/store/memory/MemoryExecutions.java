package dev.durable.store.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import dev.durable.ExecutionId;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.ParentLink;
import org.jspecify.annotations.Nullable;

/**
 * All executions, and who works on which or when it is due; guarded by the store's lock.
 * The indexes keep an idle poll as cheap with many sleeping executions as with none.
 */
final class MemoryExecutions {

	private final Map<ExecutionId, MemoryExecution> executions = new HashMap<>();

	private final Map<NodeId, Set<MemoryExecution>> owned = new HashMap<>();

	private final NavigableSet<Due> due = new TreeSet<>(
			Comparator.comparing(Due::at).thenComparing((entry) -> entry.execution().identity().id().value()));

	@Nullable MemoryExecution find(ExecutionId id) {
		return this.executions.get(id);
	}

	Collection<MemoryExecution> all() {
		return this.executions.values();
	}

	/** Executions that nobody works on and whose wake-up has come, oldest first. */
	List<MemoryExecution> due(Instant now) {
		return this.due.stream().takeWhile((entry) -> !entry.at().isAfter(now)).map(Due::execution).toList();
	}

	Set<NodeId> owners() {
		return Set.copyOf(this.owned.keySet());
	}

	List<MemoryExecution> ownedBy(NodeId node) {
		return List.copyOf(this.owned.getOrDefault(node, Set.of()));
	}

	MemoryExecution create(ExecutionRow row) {
		MemoryExecution execution = new MemoryExecution(row);
		this.executions.put(row.identity().id(), execution);
		index(execution);
		return execution;
	}

	void update(MemoryExecution execution, ExecutionState state) {
		unindex(execution);
		execution.state(state);
		index(execution);
	}

	/** Expired executions, longest expired first, but for those whose end is unheard. */
	List<ExecutionId> expired(Instant now, Predicate<ParentLink> unheard, int limit) {
		return this.executions.values()
			.stream()
			.filter((execution) -> execution.state().expiresAt() != null && !execution.state().expiresAt().isAfter(now))
			.filter((execution) -> execution.identity().parent() == null
					|| !unheard.test(execution.identity().parent()))
			.sorted(Comparator.comparing((execution) -> execution.state().expiresAt()))
			.limit(limit)
			.map((execution) -> execution.identity().id())
			.toList();
	}

	void remove(MemoryExecution execution) {
		unindex(execution);
		this.executions.remove(execution.identity().id());
	}

	private void index(MemoryExecution execution) {
		ExecutionState state = execution.state();
		if (state.node() != null) {
			this.owned.computeIfAbsent(state.node(), (node) -> new LinkedHashSet<>()).add(execution);
		}
		else if (state.wakeAt() != null && !state.status().isTerminal()) {
			this.due.add(new Due(state.wakeAt(), execution));
		}
	}

	private void unindex(MemoryExecution execution) {
		ExecutionState state = execution.state();
		if (state.node() != null) {
			this.owned.computeIfPresent(state.node(),
					(node, theirs) -> (theirs.remove(execution) && theirs.isEmpty()) ? null : theirs);
		}
		else if (state.wakeAt() != null) {
			this.due.remove(new Due(state.wakeAt(), execution));
		}
	}

	private record Due(Instant at, MemoryExecution execution) {

	}

}
