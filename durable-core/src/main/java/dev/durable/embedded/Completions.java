package dev.durable.embedded;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.durable.ExecutionId;

/**
 * Wakes the threads of this node that wait for an execution that ran here. Thread-safe.
 */
final class Completions {

	private final Map<ExecutionId, Set<Waiter>> waiting = new ConcurrentHashMap<>();

	private volatile boolean closed;

	void add(ExecutionId id, Waiter waiter) {
		this.waiting.computeIfAbsent(id, (any) -> ConcurrentHashMap.newKeySet()).add(waiter);
		if (this.closed) {
			waiter.giveUp().run();
		}
	}

	void remove(ExecutionId id, Waiter waiter) {
		this.waiting.computeIfPresent(id, (any, waiters) -> {
			waiters.remove(waiter);
			return waiters.isEmpty() ? null : waiters;
		});
	}

	void changed(ExecutionId id) {
		Set<Waiter> waiters = this.waiting.get(id);
		if (waiters != null) {
			waiters.forEach((waiter) -> waiter.look().run());
		}
	}

	/** Nothing ends here any more: nobody shall wait for it, now or later. */
	void close() {
		this.closed = true;
		this.waiting.values().forEach((waiters) -> waiters.forEach((waiter) -> waiter.giveUp().run()));
	}

	/**
	 * Somebody who waits for an execution.
	 *
	 * @param look looks whether it has ended
	 * @param giveUp looks once more and waits no longer
	 */
	record Waiter(Runnable look, Runnable giveUp) {

	}

}
