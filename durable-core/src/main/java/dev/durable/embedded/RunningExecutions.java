package dev.durable.embedded;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.durable.ExecutionId;
import org.jspecify.annotations.Nullable;

/** What this node works on, and how much more it may. Thread-safe. */
final class RunningExecutions {

	private final int max;

	private final Map<ExecutionId, ExecutionRun> runs = new HashMap<>();

	private boolean closed;

	RunningExecutions(int max) {
		this.max = max;
	}

	/** Take a slot for an execution unless all are taken or it runs here already. */
	synchronized boolean add(ExecutionId id, ExecutionRun run) {
		if (this.closed || this.runs.size() >= this.max || this.runs.containsKey(id)) {
			return false;
		}
		this.runs.put(id, run);
		return true;
	}

	synchronized void remove(ExecutionId id, ExecutionRun run) {
		this.runs.remove(id, run);
		notifyAll();
	}

	synchronized int free() {
		return this.closed ? 0 : this.max - this.runs.size();
	}

	/** What runs at this moment. */
	synchronized Set<ExecutionId> ids() {
		return Set.copyOf(this.runs.keySet());
	}

	synchronized boolean contains(ExecutionId id) {
		return this.runs.containsKey(id);
	}

	synchronized @Nullable ExecutionRun get(ExecutionId id) {
		return this.runs.get(id);
	}

	synchronized void open() {
		this.closed = false;
	}

	/** Take no more, and return what runs. */
	synchronized List<ExecutionRun> close() {
		this.closed = true;
		return List.copyOf(this.runs.values());
	}

	synchronized boolean isEmpty() {
		return this.runs.isEmpty();
	}

	/** Take no more unless something runs; returns whether nothing does. */
	synchronized boolean closeIfEmpty() {
		this.closed |= this.runs.isEmpty();
		return this.runs.isEmpty();
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	/** Wait until nothing runs; returns what still does after the timeout. */
	synchronized List<ExecutionRun> awaitEnd(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		boolean interrupted = false;
		long remaining = timeout.toNanos();
		while (!this.runs.isEmpty() && remaining > 0) {
			try {
				wait(Math.max(1, remaining / 1_000_000));
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
			remaining = deadline - System.nanoTime();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return List.copyOf(this.runs.values());
	}

}
