package dev.durable.embedded;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.durable.ExecutionId;

/**
 * Wakes the threads of this node that wait for an execution that ran here. Thread-safe.
 */
final class Completions {

	private final Map<ExecutionId, Set<Runnable>> waiting = new ConcurrentHashMap<>();

	void add(ExecutionId id, Runnable waiter) {
		this.waiting.computeIfAbsent(id, (any) -> ConcurrentHashMap.newKeySet()).add(waiter);
	}

	void remove(ExecutionId id, Runnable waiter) {
		this.waiting.computeIfPresent(id, (any, waiters) -> {
			waiters.remove(waiter);
			return waiters.isEmpty() ? null : waiters;
		});
	}

	void changed(ExecutionId id) {
		Set<Runnable> waiters = this.waiting.get(id);
		if (waiters != null) {
			waiters.forEach(Runnable::run);
		}
	}

}
