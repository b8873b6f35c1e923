package dev.durable.embedded;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.codec.PayloadUnavailableException;
import dev.durable.payload.PayloadOwner;
import dev.durable.payload.PayloadSealing;
import dev.durable.store.Append;
import dev.durable.store.AppendConflictException;
import dev.durable.store.CallbackRow;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ClaimRequest;
import dev.durable.store.Event;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.RowChange;
import dev.durable.store.Signal;
import dev.durable.store.SignallingStore;
import dev.durable.store.StoreClock;
import dev.durable.store.StoreUnavailableException;
import dev.durable.store.TransactionalStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store whose payloads are sealed on their way in and opened on their way out. What is
 * offloaded is durable before the append that refers to it is sent. Its subclasses have
 * the optional abilities that the store has.
 */
class SealedStore implements CheckpointStore {

	private static final Logger log = LoggerFactory.getLogger(SealedStore.class);

	private final CheckpointStore delegate;

	private final PayloadSealing sealing;

	private final SealedRecords records;

	private final Executor executor;

	SealedStore(CheckpointStore delegate, PayloadSealing sealing, Executor executor) {
		this.delegate = delegate;
		this.sealing = sealing;
		this.records = new SealedRecords(sealing);
		this.executor = executor;
	}

	/**
	 * Put the sealing around a store.
	 * @param executor writes to the payload store, so that threads that must not block do
	 * not
	 */
	static CheckpointStore around(CheckpointStore store, PayloadSealing sealing, Executor executor) {
		if (store instanceof TransactionalStore transactional) {
			return (store instanceof SignallingStore signalling)
					? new SealedSignallingTransactionalStore(transactional, signalling, sealing, executor)
					: new SealedTransactionalStore(transactional, sealing, executor);
		}
		return (store instanceof SignallingStore signalling) ? new SealedSignallingStore(signalling, sealing, executor)
				: new SealedStore(store, sealing, executor);
	}

	/** Without anything to offload or to fetch, on this thread as without sealing. */
	@Override
	public CompletionStage<Void> append(Append append) {
		try {
			if (!blocks(append)) {
				return this.delegate.append(sealed(append));
			}
			return CompletableFuture.supplyAsync(() -> sealed(append), this.executor)
				.thenCompose(this.delegate::append)
				.whenComplete((nothing, failure) -> cleanUp(append, failure));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/** Whether sealing an append may block. */
	final boolean blocks(Append append) {
		return this.records.blocks(append);
	}

	/** Seal an append on a thread that may block if anything is offloaded. */
	final Append sealed(Append append) {
		return reaching(() -> this.records.seal(append, () -> owner(append)));
	}

	private PayloadOwner owner(Append append) {
		if (append.firstPosition() == 1) {
			return new PayloadOwner(append.execution(), append.events().get(0).invocation());
		}
		return owner(append.execution()).orElseThrow(
				() -> new IllegalStateException("Execution '%s' was never started".formatted(append.execution())));
	}

	private Optional<PayloadOwner> owner(ExecutionId execution) {
		return this.delegate.event(execution, 1).map((first) -> new PayloadOwner(execution, first.invocation()));
	}

	/** The callers of stores know one exception for what cannot be reached. */
	private static <T> T reaching(Supplier<T> task) {
		try {
			return task.get();
		}
		catch (PayloadUnavailableException ex) {
			throw new StoreUnavailableException(String.valueOf(ex.getMessage()), ex);
		}
	}

	/** What a start offloaded belongs to nobody if somebody else was faster. */
	private void cleanUp(Append append, @Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		if (cause instanceof AppendConflictException && append.row() instanceof RowChange.Create) {
			this.executor.execute(() -> deleteUnlessStarted(append));
		}
	}

	/** Remove what was offloaded for a start, unless it happened after all. */
	final void deleteUnlessStarted(Append start) {
		try {
			PayloadOwner owner = owner(start);
			if (!owner(start.execution()).equals(Optional.of(owner))) {
				this.sealing.deleteAll(owner);
			}
		}
		catch (RuntimeException ex) {
			log.warn("What was offloaded for a start of execution '{}' that did not happen may remain: {}",
					start.execution(), ex.getMessage());
		}
	}

	@Override
	public StoreClock clock() {
		return this.delegate.clock();
	}

	@Override
	public Optional<ExecutionRow> find(ExecutionId id) {
		return this.delegate.find(id);
	}

	@Override
	public void read(Collection<ExecutionId> executions, EventSink sink) {
		this.delegate.read(executions,
				(execution, event) -> sink.accept(execution, this.records.open(execution, event)));
	}

	@Override
	public Optional<Event> event(ExecutionId execution, long position) {
		return this.delegate.event(execution, position).map((event) -> this.records.open(execution, event));
	}

	@Override
	public Optional<Event> lastEvent(ExecutionId execution) {
		return this.delegate.lastEvent(execution).map((event) -> this.records.open(execution, event));
	}

	@Override
	public Optional<CallbackRow> callback(String lookup) {
		return this.delegate.callback(lookup).map(this.records::open);
	}

	@Override
	public boolean completeCallback(String lookup, CallbackRow.Outcome outcome, Optional<Signal> signal) {
		if (outcome.payload() == null && outcome.error() == null) {
			return this.delegate.completeCallback(lookup, outcome, signal);
		}
		if (signal.isPresent()) {
			ExecutionId execution = signal.get().execution();
			return this.delegate.completeCallback(lookup, sealed(execution, signal.get().operation(), outcome), signal);
		}
		CallbackRow row = this.delegate.callback(lookup).orElse(null);
		return row != null
				&& this.delegate.completeCallback(lookup, sealed(row.execution(), row.operation(), outcome), signal);
	}

	private CallbackRow.Outcome sealed(ExecutionId execution, OperationId operation, CallbackRow.Outcome outcome) {
		return reaching(() -> this.records.seal(execution, operation, outcome, () -> owner(execution).orElseThrow()));
	}

	@Override
	public boolean heartbeatCallback(String lookup, Instant heartbeatAt) {
		return this.delegate.heartbeatCallback(lookup, heartbeatAt);
	}

	@Override
	public List<ExecutionId> expired(Instant now, int limit) {
		return this.delegate.expired(now, limit);
	}

	/**
	 * Offloaded payloads go first: if this is interrupted, the executions are still there
	 * to lead the next call to what remains.
	 */
	@Override
	public void delete(Collection<ExecutionId> executions) {
		if (this.sealing.offloads()) {
			executions.forEach(this::deletePayloads);
		}
		this.delegate.delete(executions);
	}

	/**
	 * The start is read before the row: a new execution under the same id would show as
	 * running, so that its payloads are never taken for those of the old one.
	 */
	private void deletePayloads(ExecutionId execution) {
		Optional<PayloadOwner> owner = owner(execution);
		boolean ended = this.delegate.find(execution).filter((row) -> row.state().status().isTerminal()).isPresent();
		if (ended) {
			owner.ifPresent((known) -> reaching(() -> {
				this.sealing.deleteAll(known);
				return known;
			}));
		}
	}

	@Override
	public List<ExecutionRow> claim(ClaimRequest request) {
		return this.delegate.claim(request);
	}

	@Override
	public List<ExecutionRow> claimAbandoned(ClaimRequest request, Instant silentSince) {
		return this.delegate.claimAbandoned(request, silentSince);
	}

	@Override
	public List<ExecutionRow> ownedBy(NodeId node, Set<ExecutionId> except) {
		return this.delegate.ownedBy(node, except);
	}

	@Override
	public boolean release(ExecutionId id, NodeId owner, ExecutionState state) {
		return this.delegate.release(id, owner, state);
	}

	@Override
	public void retryBlocked(ClaimRequest request) {
		this.delegate.retryBlocked(request);
	}

	@Override
	public List<Signal> signals(Collection<ExecutionId> executions) {
		return this.delegate.signals(executions);
	}

	@Override
	public List<ExecutionId> signalled(NodeId node) {
		return this.delegate.signalled(node);
	}

	@Override
	public void heartbeat(NodeId node) {
		this.delegate.heartbeat(node);
	}

	@Override
	public void cleanUp(Optional<NodeId> node, Instant silentSince) {
		this.delegate.cleanUp(node, silentSince);
	}

}
