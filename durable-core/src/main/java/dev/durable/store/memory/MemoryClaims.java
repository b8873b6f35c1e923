package dev.durable.store.memory;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.durable.store.ClaimRequest;
import dev.durable.store.ExecutionRow;
import dev.durable.store.NodeId;

/** Hands executions to nodes; guarded by the store's lock. */
final class MemoryClaims {

	private final MemoryExecutions executions;

	private final MemorySignals signals;

	MemoryClaims(MemoryExecutions executions, MemorySignals signals) {
		this.executions = executions;
		this.signals = signals;
	}

	List<ExecutionRow> claim(ClaimRequest request) {
		Set<MemoryExecution> candidates = new LinkedHashSet<>(this.executions.due(request.now()));
		this.signals.executions()
			.stream()
			.flatMap((id) -> Stream.ofNullable(this.executions.find(id)))
			.filter((execution) -> !execution.state().status().isTerminal() && execution.state().node() == null)
			.forEach(candidates::add);
		return take(candidates.stream(), request);
	}

	List<ExecutionRow> claimAbandoned(ClaimRequest request, Predicate<NodeId> silent) {
		return take(this.executions.owners()
			.stream()
			.filter((node) -> !node.equals(request.node()) && silent.test(node))
			.flatMap((node) -> this.executions.ownedBy(node).stream()), request);
	}

	void retryBlocked(ClaimRequest request) {
		List<MemoryExecution> blocked = this.executions.all()
			.stream()
			.filter((execution) -> execution.state().blockedReason() != null && execution.state().node() == null)
			.filter((execution) -> !execution.state().status().isTerminal())
			.filter((execution) -> request.functions().contains(execution.identity().function()))
			.toList();
		blocked.forEach((execution) -> this.executions.update(execution, execution.state().with(null, request.now())));
	}

	private List<ExecutionRow> take(Stream<MemoryExecution> candidates, ClaimRequest request) {
		List<MemoryExecution> taken = candidates.filter((execution) -> mayTake(execution, request))
			.limit(request.limit())
			.toList();
		List<ExecutionRow> before = taken.stream().map(MemoryExecution::row).toList();
		taken.forEach((execution) -> this.executions.update(execution, execution.state().with(request.node(), null)));
		return before;
	}

	/** Ending an execution whose time is up needs no code, so every node may do it. */
	private static boolean mayTake(MemoryExecution execution, ClaimRequest request) {
		Instant timeoutAt = execution.identity().timeoutAt();
		return request.functions().contains(execution.identity().function())
				|| (timeoutAt != null && !timeoutAt.isAfter(request.now()));
	}

}
