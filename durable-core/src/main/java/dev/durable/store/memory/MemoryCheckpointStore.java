package dev.durable.store.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.durable.ExecutionId;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.store.Append;
import dev.durable.store.CallbackRow;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ClaimRequest;
import dev.durable.store.Event;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.Signal;
import dev.durable.store.SignallingStore;
import dev.durable.store.StoreClock;

/**
 * Keeps executions in this object: nothing survives the process. Thread-safe. Several
 * engines may share one store, each as a node of its own. Writes happen on the calling
 * thread; so do the calls of signal listeners, after the write.
 */
public final class MemoryCheckpointStore implements SignallingStore, ExecutionQueries {

	private final Lock lock = new ReentrantLock();

	private final MemoryExecutions executions = new MemoryExecutions();

	private final MemoryCallbacks callbacks = new MemoryCallbacks();

	private final MemorySignals signals = new MemorySignals();

	private final MemoryNodes nodes = new MemoryNodes();

	private final MemoryWriter writer = new MemoryWriter(this.executions, this.callbacks, this.signals);

	private final MemoryClaims claims = new MemoryClaims(this.executions, this.signals);

	private final MemoryListeners listeners = new MemoryListeners();

	private final StoreClock clock;

	/** Create an empty store on the system's clock. */
	public MemoryCheckpointStore() {
		this(() -> Instant.now().truncatedTo(ChronoUnit.MILLIS));
	}

	/**
	 * Create an empty store.
	 * @param clock the time that its nodes compare
	 */
	public MemoryCheckpointStore(StoreClock clock) {
		this.clock = clock;
	}

	@Override
	public StoreClock clock() {
		return this.clock;
	}

	@Override
	public CompletionStage<Void> append(Append append) {
		List<ExecutionId> signalled;
		try {
			signalled = locked(() -> this.writer.apply(append));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		this.listeners.tell(signalled);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public Optional<ExecutionRow> find(ExecutionId id) {
		return locked(() -> Optional.ofNullable(this.executions.find(id)).map(MemoryExecution::row));
	}

	@Override
	public void read(Collection<ExecutionId> executions, EventSink sink) {
		for (ExecutionId id : new LinkedHashSet<>(executions)) {
			history(id, 0, Integer.MAX_VALUE).forEach((event) -> sink.accept(id, event));
		}
	}

	@Override
	public Optional<Event> event(ExecutionId execution, long position) {
		return history(execution, position - 1, 1).stream().findFirst();
	}

	@Override
	public Optional<Event> lastEvent(ExecutionId execution) {
		return locked(() -> {
			List<Event> journal = journal(execution);
			return journal.isEmpty() ? Optional.empty() : Optional.of(journal.get(journal.size() - 1));
		});
	}

	@Override
	public List<Event> history(ExecutionId id, long after, int limit) {
		return locked(() -> {
			List<Event> journal = journal(id);
			int from = (int) Math.min(after, journal.size());
			int to = (int) Math.min((long) from + limit, journal.size());
			// a copy, because callers and sinks run outside the lock
			return List.copyOf(journal.subList(from, to));
		});
	}

	@Override
	public ExecutionPage list(ExecutionQuery query) {
		return locked(() -> MemoryPages.list(this.executions.all(), query));
	}

	@Override
	public List<ExecutionRow> claim(ClaimRequest request) {
		return locked(() -> this.claims.claim(request));
	}

	@Override
	public List<ExecutionRow> claimAbandoned(ClaimRequest request, Instant silentSince) {
		return locked(() -> this.claims.claimAbandoned(request, (node) -> this.nodes.silent(node, silentSince)));
	}

	@Override
	public List<ExecutionRow> ownedBy(NodeId node, Set<ExecutionId> except) {
		return locked(() -> this.executions.ownedBy(node)
			.stream()
			.map(MemoryExecution::row)
			.filter((row) -> !except.contains(row.identity().id()))
			.toList());
	}

	@Override
	public boolean release(ExecutionId id, NodeId owner, ExecutionState state) {
		return locked(() -> {
			MemoryExecution execution = this.executions.find(id);
			if (execution == null || !owner.equals(execution.state().node())) {
				return false;
			}
			this.executions.update(execution, state);
			return true;
		});
	}

	@Override
	public void retryBlocked(ClaimRequest request) {
		locked(() -> this.claims.retryBlocked(request));
	}

	@Override
	public List<Signal> signals(Collection<ExecutionId> executions) {
		return locked(() -> this.signals.of(executions));
	}

	@Override
	public List<ExecutionId> signalled(NodeId node) {
		return locked(() -> {
			List<ExecutionId> signalled = this.signals.executions();
			return this.executions.ownedBy(node)
				.stream()
				.map((execution) -> execution.identity().id())
				.filter(signalled::contains)
				.toList();
		});
	}

	@Override
	public Optional<CallbackRow> callback(String lookup) {
		return locked(() -> Optional.ofNullable(this.callbacks.find(lookup)));
	}

	@Override
	public boolean completeCallback(String lookup, CallbackRow.Outcome outcome, Optional<Signal> signal) {
		boolean ended = locked(() -> {
			boolean pending = this.callbacks.end(lookup, outcome);
			if (pending) {
				signal.ifPresent(this.signals::add);
			}
			return pending;
		});
		if (ended) {
			this.listeners.tell(signal.map(Signal::execution).stream().toList());
		}
		return ended;
	}

	@Override
	public boolean heartbeatCallback(String lookup, Instant heartbeatAt) {
		return locked(() -> this.callbacks.heartbeat(lookup, heartbeatAt));
	}

	@Override
	public void heartbeat(NodeId node) {
		Instant now = this.clock.instant();
		locked(() -> this.nodes.report(node, now));
	}

	@Override
	public void cleanUp(Optional<NodeId> node, Instant silentSince) {
		locked(() -> {
			node.ifPresent(this.nodes::remove);
			this.nodes.removeSilent(silentSince, (silent) -> this.executions.ownedBy(silent).isEmpty());
			this.signals.removeIf((id) -> {
				MemoryExecution execution = this.executions.find(id);
				return execution == null || execution.state().status().isTerminal();
			});
		});
	}

	@Override
	public List<ExecutionId> expired(Instant now, int limit) {
		return locked(() -> this.executions.expired(now, this.signals::announces, limit));
	}

	@Override
	public void delete(Collection<ExecutionId> executions) {
		locked(() -> executions.forEach((id) -> {
			MemoryExecution execution = this.executions.find(id);
			if (execution != null && execution.state().status().isTerminal()) {
				this.callbacks.remove(execution.callbacks());
				this.signals.removeIf(id::equals);
				this.executions.remove(execution);
			}
		}));
	}

	@Override
	public Listening listen(Consumer<ExecutionId> listener) {
		return this.listeners.add(listener);
	}

	private List<Event> journal(ExecutionId id) {
		MemoryExecution execution = this.executions.find(id);
		return (execution != null) ? execution.events() : List.of();
	}

	private void locked(Runnable task) {
		locked(() -> {
			task.run();
			return true;
		});
	}

	private <T> T locked(Supplier<T> task) {
		this.lock.lock();
		try {
			return task.get();
		}
		finally {
			this.lock.unlock();
		}
	}

}
