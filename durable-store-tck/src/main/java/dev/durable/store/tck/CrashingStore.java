package dev.durable.store.tck;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.durable.ExecutionId;
import dev.durable.store.Append;
import dev.durable.store.CallbackRow;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ClaimRequest;
import dev.durable.store.Event;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.Signal;
import dev.durable.store.SignallingStore;
import dev.durable.store.StoreClock;
import org.jspecify.annotations.Nullable;

/**
 * A store as one process sees it, which counts appends and dies at a chosen one: from
 * then on every call but {@link #clock()} throws {@link ProcessCrashed} and nothing more
 * is written. Thread-safe.
 */
public final class CrashingStore implements SignallingStore {

	private final CheckpointStore delegate;

	private final @Nullable CrashPoint crashPoint;

	private final AtomicInteger appends = new AtomicInteger();

	/** A dead process has no connections: what it listened on must not stay open. */
	private final Queue<Listening> listenings = new ConcurrentLinkedQueue<>();

	private volatile boolean crashed;

	private volatile Runnable whenCrashed = () -> {
	};

	private CrashingStore(CheckpointStore delegate, @Nullable CrashPoint crashPoint) {
		this.delegate = delegate;
		this.crashPoint = crashPoint;
	}

	/**
	 * Return a store that only counts.
	 * @param delegate the data
	 * @return the store
	 */
	public static CrashingStore counting(CheckpointStore delegate) {
		return new CrashingStore(delegate, null);
	}

	/**
	 * Return a store that dies.
	 * @param delegate the data
	 * @param crashPoint where it dies
	 * @return the store
	 */
	public static CrashingStore crashingAt(CheckpointStore delegate, CrashPoint crashPoint) {
		return new CrashingStore(delegate, crashPoint);
	}

	/**
	 * Return how many appends were asked for.
	 * @return the number, with the one that it died at
	 */
	public int appends() {
		return this.appends.get();
	}

	/**
	 * Return whether the process is dead.
	 * @return whether it is
	 */
	public boolean isCrashed() {
		return this.crashed;
	}

	/** Die now, between two calls. */
	public void crash() {
		this.crashed = true;
		this.listenings.forEach(Listening::close);
		this.whenCrashed.run();
	}

	/**
	 * Set who learns of the crash, on the thread that it happens on.
	 * @param listener learns of it
	 */
	public void whenCrashed(Runnable listener) {
		this.whenCrashed = listener;
	}

	@Override
	public StoreClock clock() {
		return this.delegate.clock();
	}

	@Override
	public CompletionStage<Void> append(Append append) {
		CheckpointStore store = alive();
		int number = this.appends.incrementAndGet();
		if (this.crashPoint == null || this.crashPoint.append() != number) {
			return store.append(append).exceptionally((failure) -> {
				if (this.crashed) {
					throw new ProcessCrashed("The process crashed in an append");
				}
				throw (failure instanceof CompletionException known) ? known : new CompletionException(failure);
			});
		}
		ProcessCrashed crash = new ProcessCrashed("The process crashed " + this.crashPoint);
		if (this.crashPoint.moment() == CrashPoint.Moment.AFTER) {
			return crashAfter(store.append(append), crash);
		}
		crash();
		throw crash;
	}

	/** Without waiting, as the store may be calling from the thread that writes. */
	private CompletionStage<Void> crashAfter(CompletionStage<Void> written, ProcessCrashed crash) {
		CompletableFuture<Void> dead = new CompletableFuture<>();
		written.whenComplete((nothing, failure) -> {
			crash();
			dead.completeExceptionally(crash);
		});
		if (dead.isDone()) {
			throw crash;
		}
		return dead;
	}

	@Override
	public Optional<ExecutionRow> find(ExecutionId id) {
		return alive().find(id);
	}

	@Override
	public void read(Collection<ExecutionId> executions, EventSink sink) {
		alive().read(executions, sink);
	}

	@Override
	public Optional<Event> event(ExecutionId execution, long position) {
		return alive().event(execution, position);
	}

	@Override
	public Optional<Event> lastEvent(ExecutionId execution) {
		return alive().lastEvent(execution);
	}

	@Override
	public List<ExecutionRow> claim(ClaimRequest request) {
		return alive().claim(request);
	}

	@Override
	public List<ExecutionRow> claimAbandoned(ClaimRequest request, Instant silentSince) {
		return alive().claimAbandoned(request, silentSince);
	}

	@Override
	public List<ExecutionRow> ownedBy(NodeId node, Set<ExecutionId> except) {
		return alive().ownedBy(node, except);
	}

	@Override
	public boolean release(ExecutionId id, NodeId owner, ExecutionState state) {
		return alive().release(id, owner, state);
	}

	@Override
	public void retryBlocked(ClaimRequest request) {
		alive().retryBlocked(request);
	}

	@Override
	public List<Signal> signals(Collection<ExecutionId> executions) {
		return alive().signals(executions);
	}

	@Override
	public List<ExecutionId> signalled(NodeId node) {
		return alive().signalled(node);
	}

	@Override
	public Optional<CallbackRow> callback(String lookup) {
		return alive().callback(lookup);
	}

	@Override
	public boolean completeCallback(String lookup, CallbackRow.Outcome outcome, Optional<Signal> signal) {
		return alive().completeCallback(lookup, outcome, signal);
	}

	@Override
	public boolean heartbeatCallback(String lookup, Instant heartbeatAt) {
		return alive().heartbeatCallback(lookup, heartbeatAt);
	}

	@Override
	public void heartbeat(NodeId node) {
		alive().heartbeat(node);
	}

	@Override
	public void cleanUp(Optional<NodeId> node, Instant silentSince) {
		alive().cleanUp(node, silentSince);
	}

	@Override
	public List<ExecutionId> expired(Instant now, int limit) {
		return alive().expired(now, limit);
	}

	@Override
	public void delete(Collection<ExecutionId> executions) {
		alive().delete(executions);
	}

	/** A store that does not signal leaves this listener to its polling. */
	@Override
	public Listening listen(Consumer<ExecutionId> listener) {
		if (alive() instanceof SignallingStore signalling) {
			Listening listening = signalling.listen((execution) -> {
				if (!this.crashed) {
					listener.accept(execution);
				}
			});
			this.listenings.add(listening);
			return listening;
		}
		return () -> {
		};
	}

	private CheckpointStore alive() {
		if (this.crashed) {
			throw new ProcessCrashed("The process has crashed; it does nothing more");
		}
		return this.delegate;
	}

}
