package dev.durable.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

import dev.durable.EventType;
import dev.durable.ExecutionStatus;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadSealedException;
import dev.durable.codec.PayloadUnavailableException;
import dev.durable.engine.FunctionDefinition;
import dev.durable.engine.InvocationOutcome;
import dev.durable.journal.InvocationFacts;
import dev.durable.journal.JournalLostException;
import dev.durable.store.Event;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.ParentLink;
import dev.durable.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's work on one execution that it owns: from the claim to the end of the
 * invocation.
 */
final class ExecutionRun {

	/** Takeovers that lose against a writer that is not gone after all. */
	private static final int MAX_TAKEOVERS = 10;

	private static final Logger log = LoggerFactory.getLogger(ExecutionRun.class);

	private final Host host;

	private final ExecutionIdentity identity;

	private final int failures;

	private volatile Instant seenAt;

	private final EmbeddedRecorder.ChildStarter children;

	private volatile @Nullable EmbeddedRecorder recorder;

	private volatile Invoker.@Nullable Running invocation;

	private volatile boolean draining;

	private volatile @Nullable Instant wakeAt;

	private volatile Departure departure = Departure.UNKNOWN;

	/** Whether no former invocation can write any more. */
	private boolean fenced;

	/**
	 * Create the work.
	 * @param seenAt when its journal was read, or before
	 */
	ExecutionRun(Host host, ExecutionRow row, Instant seenAt, EmbeddedRecorder.ChildStarter children) {
		this.host = host;
		this.identity = row.identity();
		this.seenAt = seenAt;
		this.failures = row.state().failures();
		this.children = children;
	}

	/**
	 * Work on the execution until its invocation ends.
	 * @param events its journal, if already loaded
	 * @param takeover whether another invocation was lost
	 */
	void run(@Nullable List<Event> events, boolean takeover) {
		try {
			workOrSetAside((events != null) ? events : load(), takeover);
		}
		catch (JournalLostException | StoreUnavailableException ex) {
			log.warn("Execution '{}' goes on later: {}", this.identity.id(), ex.getMessage());
		}
		catch (CompletionException ex) {
			log.warn("Execution '{}' goes on later: {}", this.identity.id(), String.valueOf(ex.getCause()));
		}
	}

	private void workOrSetAside(List<Event> events, boolean takeover) {
		try {
			work(events, takeover);
		}
		catch (PayloadUnavailableException ex) {
			log.warn("Execution '{}' goes on later: {}", this.identity.id(), ex.getMessage());
			setAside(null, Backoff.FAILED);
		}
		catch (PayloadSealedException ex) {
			log.error("Execution '{}' of function '{}' is blocked: {}", this.identity.id(), this.identity.function(),
					ex.getMessage());
			setAside(ex.getMessage(), Backoff.BLOCKED);
		}
	}

	/**
	 * Before its code could run: no invocation has begun, so none has ended. What is to
	 * be taken over stays with this node, which tries again soon.
	 */
	private void setAside(@Nullable String blockedReason, Backoff backoff) {
		if (this.fenced) {
			sleep(ExecutionState.postponed(this.host.later(backoff.after(this.failures), this.identity),
					this.failures + 1, blockedReason));
		}
		else {
			sleep(new ExecutionState(ExecutionStatus.RUNNING, this.host.node(), null, this.failures + 1, blockedReason,
					null, null));
		}
	}

	private List<Event> load() {
		List<Event> events = new ArrayList<>();
		this.seenAt = this.host.store().clock().instant();
		this.host.store().read(List.of(this.identity.id()), (execution, event) -> events.add(event));
		return events;
	}

	private void work(List<Event> events, boolean takeover) {
		Loaded loaded = Loaded.of(events, this.seenAt);
		if (loaded.ended() != null) {
			repair(loaded.ended(), loaded);
			return;
		}
		this.fenced = !takeover;
		EmbeddedRecorder opened = takeover ? takeOver(events) : open(loaded);
		if (opened == null) {
			return;
		}
		if (opened.isTimedOut()) {
			opened.timeOut().join();
			this.departure = Departure.OVER;
			return;
		}
		// Without operations there is nothing to settle: a new execution begins without a
		// query.
		boolean news = !loaded.fold().all().isEmpty() && opened.settle().join();
		boolean runnable = takeover || loaded.isRunnable() || news;
		FunctionDefinition function = this.host.functions().find(this.identity.function());
		if (!runnable || function == null) {
			sleep(ExecutionState.postponed(opened.wakeAt(), this.failures, null));
			return;
		}
		invoke(opened, function);
	}

	private EmbeddedRecorder open(Loaded loaded) {
		EmbeddedRecorder opened = new EmbeddedRecorder(this.host, this.identity, loaded, this.children);
		this.recorder = opened;
		return opened;
	}

	/**
	 * The row says who ran it and what is due; when the journal says it ended, that
	 * stands.
	 */
	private void repair(ExecutionStatus status, Loaded loaded) {
		Instant endedAt = (loaded.endedAt() != null) ? loaded.endedAt() : this.host.store().clock().instant();
		this.host.store()
			.release(this.identity.id(), this.host.node(), this.host.ended(this.identity, status, endedAt));
		this.departure = Departure.OVER;
	}

	/**
	 * Append the lost invocation's end, which fences its writer; null if it was not lost
	 * after all.
	 */
	private @Nullable EmbeddedRecorder takeOver(List<Event> first) {
		List<Event> events = first;
		for (int i = 0; i < MAX_TAKEOVERS; i++) {
			Loaded loaded = Loaded.of(events, this.seenAt);
			if (loaded.ended() != null || !this.host.owns(this.identity.id())) {
				this.departure = Departure.OVER;
				return null;
			}
			EmbeddedRecorder opened = open(loaded);
			// Their inputs first: a takeover that has been recorded is not repeated.
			List<Event> invokes = opened.unfinishedInvokes(events);
			try {
				opened.takeOver().join();
				this.fenced = true;
				opened.restartChildren(invokes);
				return opened;
			}
			catch (CompletionException ex) {
				if (!(ex.getCause() instanceof JournalLostException lost)
						|| lost.reason() != JournalLostException.Reason.FENCED) {
					throw ex;
				}
				log.info("Execution '{}' is not abandoned: its former owner still writes", this.identity.id());
				events = load();
			}
		}
		return null;
	}

	private void invoke(EmbeddedRecorder opened, FunctionDefinition function) {
		Loaded loaded = opened.loaded();
		InvocationFacts facts = new InvocationFacts(function.id(), opened.requestId(), loaded.isNew(),
				this.identity.startedAt(), loaded.updated());
		Invoker.Running started = this.host.invoker()
			.prepare(new Invoker.Call(this.identity.id(), function, loaded.fold().all(), opened, opened::settleDue,
					facts, this.failures));
		opened.onLost(started::lost);
		this.invocation = started;
		if (this.draining) {
			started.drain();
		}
		opened.watch();
		InvocationOutcome outcome = started.run(loaded.input());
		try {
			finish(opened, started, outcome);
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof JournalLostException lost) {
				started.tellEnd(new InvocationOutcome.Lost(lost));
			}
			throw ex;
		}
		started.tellEnd(outcome);
	}

	private void finish(EmbeddedRecorder opened, Invoker.Running ended, InvocationOutcome outcome) {
		Instant now = opened.now();
		if (outcome instanceof InvocationOutcome.Succeeded succeeded) {
			end(opened, EventType.EXECUTION_SUCCEEDED, ExecutionStatus.SUCCEEDED, now, succeeded.result(), null);
		}
		else if (outcome instanceof InvocationOutcome.Failed failed) {
			end(opened, EventType.EXECUTION_FAILED, ExecutionStatus.FAILED, now, null, failed.error());
		}
		else if (outcome instanceof InvocationOutcome.Suspended) {
			opened.stopSettling();
			boolean resumable = ended.isResumable();
			suspend(opened, resumable ? now : opened.suspendedUntil(), resumable);
		}
		else if (outcome instanceof InvocationOutcome.Drained) {
			suspend(opened, now, true);
		}
		else if (outcome instanceof InvocationOutcome.Blocked blocked) {
			log.error("Execution '{}' of function '{}' is blocked: {}", this.identity.id(), this.identity.function(),
					blocked.reason());
			postpone(opened, blocked.error(), blocked.reason(), Backoff.BLOCKED.after(this.failures));
		}
		else if (outcome instanceof InvocationOutcome.Crashed crashed) {
			log.error("Execution '{}' of function '{}' cannot go on now and is tried again later", this.identity.id(),
					this.identity.function(), crashed.cause());
			postpone(opened, crashed.error(), null, this.host.invoker().retryAfter(this.failures));
		}
		else if (outcome instanceof InvocationOutcome.Lost lost) {
			log.info("Execution '{}' left this node: {}", this.identity.id(), lost.cause().getMessage());
		}
	}

	private void end(EmbeddedRecorder opened, EventType type, ExecutionStatus status, Instant now,
			@Nullable Payload result, @Nullable Payload error) {
		opened
			.complete(opened.invocationCompleted(null, false), Endings.draft(this.identity, type, now, result, error),
					this.host.ended(this.identity, status, now))
			.join();
		this.departure = Departure.OVER;
	}

	private void suspend(EmbeddedRecorder opened, @Nullable Instant at, boolean unfinished) {
		opened.complete(opened.invocationCompleted(null, unfinished), null, ExecutionState.sleeping(at)).join();
		asleep(at);
	}

	private void postpone(EmbeddedRecorder opened, Payload error, @Nullable String blockedReason, Duration delay) {
		Instant at = this.host.later(delay, this.identity);
		opened
			.complete(opened.invocationCompleted(error, true), null,
					ExecutionState.postponed(at, this.failures + 1, blockedReason))
			.join();
		asleep(at);
	}

	/** Nothing happened that code would see: wait on, without an invocation. */
	private void sleep(ExecutionState state) {
		if (this.host.store().release(this.identity.id(), this.host.node(), state) && state.node() == null) {
			asleep(state.wakeAt());
		}
	}

	private void asleep(@Nullable Instant until) {
		this.wakeAt = until;
		this.departure = Departure.ASLEEP;
	}

	/** The chained invoke that waits for this execution, or null. */
	@Nullable ParentLink parent() {
		return this.identity.parent();
	}

	/** When the execution becomes due, as far as this node knows. */
	@Nullable Instant wakeAt() {
		return this.wakeAt;
	}

	/** How this node left the execution, once it has. */
	Departure departure() {
		return this.departure;
	}

	/** When to try again what may still carry this node's id. */
	Instant tryAgainAt() {
		return this.host.store().clock().instant().plus(Backoff.FAILED.after(this.failures));
	}

	void signalled() {
		EmbeddedRecorder current = this.recorder;
		if (current != null) {
			current.signalled(this.invocation != null);
		}
	}

	/** Whether it went to sleep without having looked at all that was sent to it. */
	boolean leftWithNews() {
		EmbeddedRecorder current = this.recorder;
		return this.departure == Departure.ASLEEP && current != null && current.hasNews();
	}

	/** Suspend at the next durable call. */
	void drain() {
		this.draining = true;
		Invoker.Running current = this.invocation;
		if (current != null) {
			current.drain();
		}
	}

	/** Record nothing more. */
	void abandon() {
		EmbeddedRecorder current = this.recorder;
		if (current != null) {
			current.abandon();
		}
	}

}
