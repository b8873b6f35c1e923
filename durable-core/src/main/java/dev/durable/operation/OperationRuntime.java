package dev.durable.operation;

import dev.durable.ErrorObject;
import dev.durable.ExecutionId;
import dev.durable.NonDeterministicExecutionException;
import dev.durable.OperationId;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadSealedException;
import dev.durable.codec.PayloadUnavailableException;
import dev.durable.journal.Journal;
import dev.durable.journal.JournalLostException;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationUpdate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What operations share within one invocation.
 *
 * @param execution the execution
 * @param journal its journal
 * @param threads its threads
 * @param payloads how values are written
 * @param errors how errors are written
 * @param logger where its code logs
 * @param replayLogging whether code that is replayed logs again
 */
public record OperationRuntime(ExecutionId execution, Journal journal, ExecutionThreads threads, Payloads payloads,
		ErrorCodec errors, Logger logger, boolean replayLogging) {

	/**
	 * Throw again what user code may have caught: nothing is recorded after a divergence.
	 * @throws NonDeterministicExecutionException if the code does not fit the history
	 */
	public void checkDivergence() {
		NonDeterministicExecutionException divergence = this.journal.divergence();
		if (divergence != null) {
			throw divergence;
		}
	}

	/**
	 * Return whether code has been past a place of a context. An operation may leave no
	 * record of its own, so the next one counts too, and the first one below it.
	 * @param ids the context's ids, at the place
	 * @return whether something is recorded that comes after it
	 */
	public boolean hasPassed(OperationIds ids) {
		OperationId next = ids.upcoming(1);
		return isRecorded(next) || isRecorded(ids.upcoming(2)) || isRecorded(new OperationIds(next).at(1));
	}

	private boolean isRecorded(OperationId id) {
		return this.journal.state(id) != null;
	}

	void commit(OperationUpdate update) {
		enqueue(update);
		try {
			this.journal.commit();
		}
		catch (JournalLostException ex) {
			throw this.threads.lost(ex);
		}
	}

	void enqueue(OperationUpdate... updates) {
		checkDivergence();
		try {
			this.threads.record(() -> this.journal.enqueue(updates));
		}
		catch (JournalLostException ex) {
			throw this.threads.lost(ex);
		}
	}

	/**
	 * Have a payload opened, so that reading it does not fail later. What cannot be
	 * opened is no outcome that code may see: the invocation ends, and goes on when the
	 * payload can be opened again.
	 * @param payload the payload
	 * @return the same payload
	 */
	public Payload open(Payload payload) {
		try {
			payload.bytes();
			return payload;
		}
		catch (PayloadUnavailableException ex) {
			throw this.threads.crashed(ex);
		}
		catch (PayloadSealedException ex) {
			throw this.journal.diverged(ex.getMessage() + " The execution cannot go on until then.", ex);
		}
	}

	Payload encode(Throwable error) {
		return this.errors.encode(this.errors.describe(error));
	}

	/** The error of an operation that failed. */
	Payload recordedError(OperationState failed) {
		return (failed.error() != null) ? failed.error()
				: this.errors.encode(ErrorObject.of("Unknown", "No error was recorded"));
	}

	/** Read an error. */
	ErrorObject error(Payload recorded) {
		return this.errors.decode(open(recorded));
	}

	/** Rethrow a recorded error, the same on the first run and on every replay. */
	<E extends Exception> RuntimeException rethrow(Payload recorded, RecordedFailure otherwise) throws E {
		ErrorObject error = error(recorded);
		Throwable rebuilt = this.errors.rebuild(error);
		throw Branch.<E>sneaky((rebuilt != null) ? rebuilt : otherwise.from(error));
	}

	/** Leave if the code may have caught the error that told it to. */
	void checkEnding() {
		if (this.journal.divergence() != null || this.threads.ended()) {
			throw new InvocationEndedError("The invocation has ended");
		}
	}

	/** Let pass what must not be recorded as the outcome of user code. */
	void rethrowIfEnding(Throwable thrown) {
		if (thrown instanceof InvocationEndedError ended) {
			throw ended;
		}
		checkEnding();
		if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
			throw this.threads.crashed(fatal);
		}
	}

	/** Makes the exception that stands for one that cannot be rebuilt. */
	@FunctionalInterface
	interface RecordedFailure {

		RuntimeException from(ErrorObject error);

	}

}
