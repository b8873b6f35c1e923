package dev.durable.embedded;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import dev.durable.ErrorObject;
import dev.durable.EventType;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionTimeoutException;
import dev.durable.HistoryEvent;
import dev.durable.IllegalDurableCallException;
import dev.durable.UnknownExecutionException;
import dev.durable.codec.Payload;
import dev.durable.context.CurrentExecution;
import dev.durable.store.Append;
import dev.durable.store.AppendConflictException;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Event;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.ParentLink;
import dev.durable.store.RowChange;
import org.jspecify.annotations.Nullable;

/**
 * A hold on a stored execution.
 *
 * @param <T> the result
 */
final class StoredExecutionHandle<T extends @Nullable Object> implements ExecutionHandle<T> {

	/**
	 * How often another node's execution is looked at while somebody waits, at first and
	 * at most.
	 */
	private static final Duration FIRST_LOOK = Duration.ofMillis(50);

	private static final Duration SLOWEST_LOOK = Duration.ofSeconds(1);

	private final Host host;

	private final CheckpointStore store;

	private final Supplier<Launcher> launcher;

	private final ExecutionId id;

	private final Supplier<Type> type;

	private final AtomicBoolean enrolled;

	/**
	 * Create a handle.
	 * @param type the result's type, asked for when it is needed
	 * @param enrolled whether the start waits for a transaction of this thread
	 */
	StoredExecutionHandle(Host host, Supplier<Launcher> launcher, ExecutionId id, Supplier<Type> type,
			AtomicBoolean enrolled) {
		this.host = host;
		this.store = host.store();
		this.launcher = launcher;
		this.id = id;
		this.type = type;
		this.enrolled = enrolled;
	}

	@Override
	public ExecutionId id() {
		return this.id;
	}

	@Override
	public ExecutionStatus status() {
		return row().state().status();
	}

	private ExecutionRow row() {
		return this.store.find(this.id).orElseThrow(() -> new UnknownExecutionException(this.id));
	}

	private Event last() {
		return this.store.lastEvent(this.id).orElseThrow(() -> new UnknownExecutionException(this.id));
	}

	@Override
	public T result(Duration timeout) {
		if (CurrentExecution.isActive()) {
			throw new IllegalDurableCallException(
					("Waiting for execution '%s' inside an execution would hold its thread "
							+ "and may wait for itself. Use DurableContext.invoke instead.")
						.formatted(this.id));
		}
		if (this.enrolled.get()) {
			throw new IllegalDurableCallException(
					("Execution '%s' starts when this transaction commits, so waiting for it "
							+ "inside the transaction would never end. Wait after the commit.")
						.formatted(this.id));
		}
		Event last = last();
		if (last.type().ends() == null && !timeout.isZero()) {
			last = await(timeout);
		}
		return result(last, timeout);
	}

	private Event await(Duration timeout) {
		CompletableFuture<Event> ended = new CompletableFuture<>();
		Runnable look = new SerialTask(this.host.executor(), () -> {
			Event last = last();
			if (last.type().ends() != null) {
				ended.complete(last);
			}
		})::request;
		Runnable giveUp = () -> this.host.executor().execute(() -> lastLook(ended));
		Timers.Timer limit = this.host.timers().schedule(timeout, giveUp);
		Completions.Waiter waiter = new Completions.Waiter(look, giveUp);
		Completions completions = this.launcher.get().starter().completions();
		completions.add(this.id, waiter);
		AtomicReference<Timers.Timer> next = new AtomicReference<>(limit);
		try {
			look.run();
			lookAgain(ended, look, FIRST_LOOK, next);
			return ended.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
		finally {
			limit.cancel();
			next.get().cancel();
			completions.remove(this.id, waiter);
		}
	}

	private void lastLook(CompletableFuture<Event> ended) {
		try {
			ended.complete(last());
		}
		catch (RuntimeException | Error ex) {
			ended.completeExceptionally(ex);
		}
	}

	private void lookAgain(CompletableFuture<Event> ended, Runnable look, Duration pause,
			AtomicReference<Timers.Timer> next) {
		next.set(this.host.timers().schedule(pause, () -> {
			if (!ended.isDone()) {
				look.run();
				Duration doubled = pause.multipliedBy(2);
				lookAgain(ended, look, (doubled.compareTo(SLOWEST_LOOK) < 0) ? doubled : SLOWEST_LOOK, next);
			}
		}));
	}

	@SuppressWarnings({ "unchecked", "NullAway" }) // the codec gives what the type says
	private T result(Event last, Duration timeout) {
		ExecutionStatus status = last.type().ends();
		if (status == null) {
			throw new ExecutionTimeoutException(this.id, timeout);
		}
		Payload payload = last.content().payload();
		if (status == ExecutionStatus.SUCCEEDED) {
			return (T) this.host.payloads()
				.decode("The result of execution '%s'".formatted(this.id), payload, this.type.get());
		}
		Payload recorded = last.content().error();
		ErrorObject error = (recorded != null) ? this.host.errors().decode(recorded)
				: ErrorObject.of("Execution." + status, null);
		throw new ExecutionFailedException(this.id, status, error, this.host.errors().rebuild(error));
	}

	@Override
	public List<HistoryEvent> history() {
		List<Event> events = new ArrayList<>();
		this.store.read(List.of(this.id), (execution, event) -> events.add(event));
		if (events.isEmpty()) {
			throw new UnknownExecutionException(this.id);
		}
		return new HistoryEvents(this.host.errors()).show(events);
	}

	@Override
	public boolean stop(String reason) {
		return stop(ErrorObject.of("Execution.Stopped", reason));
	}

	/** Stop the execution with an error that somebody else made up. */
	boolean stop(ErrorObject error) {
		ExecutionIdentity identity = row().identity();
		while (true) {
			Event last = last();
			if (last.type().ends() != null) {
				return false;
			}
			if (appendStop(identity, last, error)) {
				this.launcher.get().starter().completions().changed(this.id);
				ParentLink parent = identity.parent();
				if (parent != null) {
					this.launcher.get().signalled(parent.execution());
				}
				return true;
			}
		}
	}

	/** Return false if somebody else appended meanwhile. */
	private boolean appendStop(ExecutionIdentity identity, Event last, ErrorObject error) {
		Instant now = this.store.clock().instant();
		EventDraft draft = Endings.draft(identity, EventType.EXECUTION_STOPPED, now, null,
				this.host.errors().encode(error));
		Append append = new Append(this.id, List.of(draft.at(last.position() + 1, UUID.randomUUID().toString())),
				new RowChange.Update(this.host.ended(identity, ExecutionStatus.STOPPED, now)), draft.effects(),
				last.invocation());
		try {
			this.store.append(append).toCompletableFuture().join();
			return true;
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof AppendConflictException) {
				return false;
			}
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

}
