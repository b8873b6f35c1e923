package dev.durable.journal;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.durable.ExecutionId;
import dev.durable.NonDeterministicExecutionException;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import org.jspecify.annotations.Nullable;

/**
 * What one execution has recorded, and the way to record more. Thread-safe.
 */
public final class Journal {

	private final Map<OperationId, OperationState> states = new ConcurrentHashMap<>();

	private final Recorder recorder;

	private final Observation observation;

	private final AtomicReference<@Nullable NonDeterministicExecutionException> divergence = new AtomicReference<>();

	/**
	 * Create the journal of one invocation.
	 * @param recorded what earlier invocations recorded
	 * @param recorder records more
	 * @param changed learns which operations changed, after this journal has seen it
	 * @param execution the execution
	 * @param observers who watches it
	 */
	public Journal(Collection<OperationState> recorded, Recorder recorder, Consumer<OperationId> changed,
			ExecutionId execution, Observation.Observers observers) {
		for (OperationState state : recorded) {
			this.states.put(state.operation().id(), state);
		}
		this.recorder = recorder;
		this.observation = new Observation(execution, observers, this.states, recorder::now);
		recorder.onChange((state) -> {
			OperationState former = this.states.put(state.operation().id(), state);
			this.observation.changed(former, state);
			changed.accept(state.operation().id());
		});
	}

	/**
	 * Find what is recorded of an operation that the code asks for.
	 * @param requested the operation
	 * @return its state, or {@code null} if the code asks for the first time
	 * @throws NonDeterministicExecutionException if something else was recorded in its
	 * place
	 */
	public @Nullable OperationState find(OperationRef requested) {
		OperationState state = this.states.get(requested.id());
		if (state != null && !state.operation().equals(requested)) {
			throw diverged(("Replay found another operation: %s holds %s but the code asked for %s. "
					+ "Steps were probably reordered, renamed, added or made conditional since it was written. "
					+ "Put the former code back, or give the changed function a new version.")
				.formatted(state.place(), state.operation(), requested));
		}
		if (state != null) {
			this.observation.found(state);
		}
		return state;
	}

	/**
	 * Check that a context that closes has asked for everything that is recorded in it.
	 * @param context what closes, for the message
	 * @param next the id of the operation after the last one asked for
	 * @throws NonDeterministicExecutionException if that operation was recorded
	 */
	public void checkClosing(String context, OperationId next) {
		OperationState missed = this.states.get(next);
		if (missed != null) {
			throw diverged(("Replay ended too early: %s holds %s but %s ended without asking for it. "
					+ "Steps were probably removed or made conditional since it was written. "
					+ "Put the former code back, or give the changed function a new version.")
				.formatted(missed.place(), missed.operation(), context));
		}
	}

	/**
	 * Note that the code does not fit the history.
	 * @param message the position, what was recorded, what was requested and what to do
	 * @return the exception to throw
	 */
	public NonDeterministicExecutionException diverged(String message) {
		return diverged(message, null);
	}

	/**
	 * Note that the history cannot be read.
	 * @param message the position, what was recorded, what was requested and what to do
	 * @param cause why
	 * @return the exception to throw
	 */
	public NonDeterministicExecutionException diverged(String message, @Nullable Throwable cause) {
		NonDeterministicExecutionException exception = new NonDeterministicExecutionException(message, cause);
		this.divergence.compareAndSet(null, exception);
		return exception;
	}

	/**
	 * Return the first divergence between code and history, which no code can undo by
	 * catching it.
	 * @return the exception that was thrown, or {@code null}
	 */
	public @Nullable NonDeterministicExecutionException divergence() {
		return this.divergence.get();
	}

	/**
	 * Return what is recorded under an id.
	 * @param id the id
	 * @return the state, or {@code null}
	 */
	public @Nullable OperationState state(OperationId id) {
		return this.states.get(id);
	}

	/**
	 * Record updates together with the next ones that are committed.
	 * @param updates the updates
	 */
	public void enqueue(OperationUpdate... updates) {
		this.recorder.enqueue(List.of(updates));
	}

	/**
	 * Return when everything enqueued is durable.
	 * @throws JournalLostException if it cannot become durable any more
	 */
	public void commit() {
		try {
			flush().join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof JournalLostException lost) ? lost : ex;
		}
	}

	/**
	 * Make everything enqueued durable.
	 * @return completes when it is
	 */
	public CompletableFuture<Void> flush() {
		return this.recorder.flush().toCompletableFuture();
	}

	/**
	 * Let an update commit with the calling thread's transaction.
	 * @param update the update
	 * @param permit runs what takes the update's place in the journal, shortly before the
	 * commit, or throws, which rolls the transaction back
	 * @param committed called when it has
	 * @return whether there is such a transaction
	 */
	public boolean joinTransaction(OperationUpdate update, Consumer<Runnable> permit, Runnable committed) {
		return this.recorder.joinTransaction(update, permit, committed);
	}

	/**
	 * Return whether the calling thread has a transaction that an update could join.
	 * @return whether it has
	 */
	public boolean inTransaction() {
		return this.recorder.inTransaction();
	}

	/**
	 * Return what tells listeners.
	 * @return the observation of this invocation
	 */
	public Observation observation() {
		return this.observation;
	}

	/**
	 * Return the host's time.
	 * @return the time, to the millisecond
	 */
	public Instant now() {
		return this.recorder.now();
	}

}
