package dev.durable.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.durable.EventType;
import dev.durable.ExecutionStatus;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadSealedException;
import dev.durable.codec.PayloadUnavailableException;
import dev.durable.journal.JournalLostException;
import dev.durable.journal.JournalLostException.Reason;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.Recorder;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionState;
import dev.durable.store.RowChange;
import dev.durable.store.StoreUnavailableException;
import dev.durable.store.TransactionalStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records one invocation of one execution in the checkpoint store, and settles meanwhile
 * what ends without the execution's code.
 */
final class EmbeddedRecorder implements Recorder, AppendQueue.Listener {

	private static final Duration RETRY_SETTLING = Duration.ofSeconds(1);

	/** How long a start may ride with what follows: then watchers shall see it. */
	private static final Duration MAX_UNSEEN = Duration.ofMillis(500);

	private static final Logger log = LoggerFactory.getLogger(EmbeddedRecorder.class);

	private final Host host;

	private final ExecutionIdentity identity;

	private final Loaded loaded;

	private final OperationFold fold;

	private final UpdateWriter writer;

	private final Settlement settlement;

	private final String requestId = UUID.randomUUID().toString();

	private final AppendQueue queue;

	private final SerialTask settling;

	private final Alarm alarm;

	private final Alarm unseen;

	private final ReentrantLock settleLock = new ReentrantLock();

	private boolean settlingStopped;

	private final ChildStarts childStarts;

	private volatile boolean news;

	private volatile Consumer<OperationState> listener = (state) -> {
	};

	private volatile Consumer<JournalLostException> onLost = (reason) -> {
	};

	EmbeddedRecorder(Host host, ExecutionIdentity identity, Loaded loaded, ChildStarter children) {
		this.host = host;
		this.identity = identity;
		this.loaded = loaded;
		this.fold = loaded.fold();
		this.writer = new UpdateWriter(host, identity.id(), this.fold);
		this.settlement = new Settlement(host, identity.id(), this.fold);
		this.queue = new AppendQueue(host.delivery(), identity.id(), this.requestId, loaded, this);
		this.childStarts = new ChildStarts(identity, children, host.executor(), this.queue::lose);
		this.settling = new SerialTask(host.executor(), this::settleUnasked);
		this.alarm = new Alarm(host.timers(), host.store().clock(), this.settling::request);
		this.unseen = new Alarm(host.timers(), host.store().clock(), () -> host.executor().execute(this.queue::flush));
	}

	/** What tells this invocation's events from others. */
	String requestId() {
		return this.requestId;
	}

	/** What was recorded when this began, and what it settled since. */
	Loaded loaded() {
		return this.loaded;
	}

	@Override
	public void enqueue(List<OperationUpdate> updates) {
		this.queue.add(updates.stream().map(this.writer::write).toList());
		this.unseen.set(now().plus(MAX_UNSEEN));
	}

	@Override
	public CompletionStage<Void> flush() {
		return this.queue.flush().thenCompose((nothing) -> this.childStarts.started());
	}

	@Override
	public boolean joinTransaction(OperationUpdate update, Consumer<Runnable> permit, Runnable committed) {
		if (this.host.store() instanceof TransactionalStore transactional && transactional.inTransaction()) {
			TransactionJoin.join(this.queue, transactional, this.writer.write(update), permit, committed);
			return true;
		}
		return false;
	}

	@Override
	public boolean inTransaction() {
		return this.host.store() instanceof TransactionalStore transactional && transactional.inTransaction();
	}

	@Override
	public Instant now() {
		return this.host.store().clock().instant();
	}

	@Override
	public void onChange(Consumer<OperationState> listener) {
		this.listener = listener;
	}

	void onLost(Consumer<JournalLostException> onLost) {
		this.onLost = onLost;
	}

	@Override
	public void appended(List<Event> events) {
		for (Event event : events) {
			OperationState state = this.fold.apply(event);
			if (state == null) {
				this.loaded.appended(event);
				continue;
			}
			if (event.type() == EventType.CHAINED_INVOKE_STARTED) {
				// before its code goes on
				this.childStarts.start(event);
			}
			this.listener.accept(state);
			this.alarm.set(OperationFold.dueAt(state));
		}
	}

	/** What an invocation that crashed may not have started, with inputs opened. */
	List<Event> unfinishedInvokes(List<Event> events) {
		List<Event> unfinished = new ArrayList<>();
		for (Event event : events) {
			OperationState state = (event.operation() != null) ? this.fold.get(event.operation().id()) : null;
			// One that was left may be long gone: it would run again.
			if (event.type() == EventType.CHAINED_INVOKE_STARTED && state != null && !state.status().isTerminal()
					&& !this.fold.isLeft(state)) {
				Settlement.opened(event.content().payload());
				unfinished.add(event);
			}
		}
		return unfinished;
	}

	void restartChildren(List<Event> invokes) {
		invokes.forEach(this.childStarts::startHere);
	}

	@Override
	public void lost(JournalLostException reason) {
		this.alarm.off();
		this.unseen.off();
		this.onLost.accept(reason);
	}

	/** A signal for this execution may have arrived. */
	void signalled(boolean running) {
		this.news = true;
		if (running) {
			this.settling.request();
		}
	}

	/** Whether a signal may have arrived since signals were last looked for. */
	boolean hasNews() {
		return this.news;
	}

	private void settleUnasked() {
		if (!this.host.invoker().recordsAtOnce() && !isTimedOut()) {
			this.alarm.set(this.identity.timeoutAt());
			return;
		}
		settleDue();
	}

	/** Journal what ended meanwhile, unless nothing more is to be; returns when it is. */
	void settleDue() {
		this.settleLock.lock();
		try {
			if (this.settlingStopped) {
				return;
			}
			settle().join();
			this.alarm.set(wakeAt());
		}
		catch (JournalLostException | CompletionException ex) {
			log.debug("Execution '{}' ended while it was settled", this.identity.id(), ex);
		}
		catch (StoreUnavailableException | PayloadUnavailableException | PayloadSealedException ex) {
			log.warn("Execution '{}' could not be settled; trying again", this.identity.id(), ex);
			this.alarm.set(now().plus(RETRY_SETTLING));
		}
		finally {
			this.settleLock.unlock();
		}
	}

	/**
	 * Settle nothing more, and wait until what was being settled is recorded. What comes
	 * later stays a signal, or due, and wakes the execution once it is released: recorded
	 * between the last look and the last append it would wake nobody.
	 */
	void stopSettling() {
		this.settleLock.lock();
		try {
			this.settlingStopped = true;
		}
		finally {
			this.settleLock.unlock();
		}
	}

	/** Journal what ended meanwhile; returns whether there was anything. */
	CompletableFuture<Boolean> settle() {
		if (isTimedOut()) {
			return timeOut().thenApply((nothing) -> true);
		}
		this.news = false;
		Settlement.Found found = this.settlement.settle(now());
		this.queue.consume(found.stale());
		found.ready().forEach(this.listener);
		if (found.events().isEmpty()) {
			return CompletableFuture.completedFuture(found.isNews());
		}
		this.queue.add(found.events());
		return this.queue.flush().thenApply((nothing) -> true);
	}

	boolean isTimedOut() {
		return this.identity.timeoutAt() != null && !this.identity.timeoutAt().isAfter(now());
	}

	/** Append the execution's timeout and nothing after. */
	CompletableFuture<Void> timeOut() {
		Instant now = now();
		Payload error = this.host.error("Execution.Timeout", "The execution did not end within its timeout");
		return this.queue
			.close(List.of(Endings.draft(this.identity, EventType.EXECUTION_TIMED_OUT, now, null, error)),
					new RowChange.Update(this.host.ended(this.identity, ExecutionStatus.TIMED_OUT, now)))
			.thenRun(() -> this.queue.lose(new JournalLostException(Reason.FENCED,
					"Execution '%s' timed out".formatted(this.identity.id()), null)));
	}

	/** Look after due times and signals from now on. */
	void watch() {
		this.alarm.set(wakeAt());
		if (this.news) {
			this.settling.request();
		}
	}

	/** When a suspended execution is to be looked at again; its threads have left. */
	@Nullable Instant suspendedUntil() {
		return UpdateWriter.earlier(this.queue.pendingDue(), wakeAt());
	}

	/** When the execution is to be looked at again if nothing happens before. */
	@Nullable Instant wakeAt() {
		return UpdateWriter.earlier(this.settlement.nextDue(), this.identity.timeoutAt());
	}

	/** Record what an earlier invocation left behind, before anything else. */
	CompletableFuture<Void> takeOver() {
		this.queue.add(List.of(invocationCompleted(
				this.host.error("Runtime.ExitError", "The node that ran the invocation is gone"), false)));
		return this.queue.flush();
	}

	/** Append the invocation's end and nothing after. */
	CompletableFuture<Void> complete(EventDraft invocationCompleted, @Nullable EventDraft ending,
			ExecutionState state) {
		this.alarm.off();
		this.unseen.off();
		return this.queue.close((ending != null) ? List.of(invocationCompleted, ending) : List.of(invocationCompleted),
				new RowChange.Update(state));
	}

	EventDraft invocationCompleted(@Nullable Payload error, boolean unfinished) {
		EventDetails details = unfinished ? EventDetails.NONE.with(Details.UNFINISHED, true) : EventDetails.NONE;
		return new EventDraft(EventType.INVOCATION_COMPLETED, now(), null, new EventContent(null, error, details));
	}

	/** Record nothing more, because this process stops. */
	void abandon() {
		this.queue.lose(new JournalLostException(Reason.CLOSED,
				"The node stops working on execution '%s'".formatted(this.identity.id()), null));
	}

	/** Starts the executions that chained invokes ask for. */
	@FunctionalInterface
	interface ChildStarter {

		/**
		 * Start the invoked execution, unless it was started before.
		 * @param parent the invoking execution
		 * @param invoke its ChainedInvokeStarted event
		 */
		void start(ExecutionIdentity parent, Event invoke);

	}

}
