package dev.durable.store.memory;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import dev.durable.ExecutionId;
import dev.durable.store.ParentLink;
import dev.durable.store.Signal;
import dev.durable.store.SignalKind;

/** All signals that wait, in their order of arrival; guarded by the store's lock. */
final class MemorySignals {

	private final Map<String, Signal> signals = new LinkedHashMap<>();

	void add(Signal signal) {
		this.signals.put(signal.id(), signal);
	}

	void remove(Collection<String> ids) {
		this.signals.keySet().removeAll(Set.copyOf(ids));
	}

	void removeIf(Predicate<ExecutionId> execution) {
		this.signals.values().removeIf((signal) -> execution.test(signal.execution()));
	}

	/** Whether the end of an invoked execution waits to be noted. */
	boolean announces(ParentLink invoke) {
		return this.signals.values()
			.stream()
			.anyMatch((signal) -> signal.kind() == SignalKind.CHILD && signal.execution().equals(invoke.execution())
					&& signal.operation().equals(invoke.operation()));
	}

	List<Signal> of(Collection<ExecutionId> executions) {
		Set<ExecutionId> wanted = new HashSet<>(executions);
		return this.signals.values()
			.stream()
			.filter((signal) -> wanted.contains(signal.execution()))
			.sorted(Comparator.comparing(Signal::arrivedAt))
			.toList();
	}

	/** Executions that have signals, the longest waiting first. */
	List<ExecutionId> executions() {
		return this.signals.values().stream().map(Signal::execution).distinct().toList();
	}

}
