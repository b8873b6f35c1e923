package dev.durable.journal;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Makes updates durable: the seam between operations and a host. Thread-safe.
 */
public interface Recorder {

	/**
	 * Take updates that become durable together, with or before the next flush.
	 * @param updates the updates, in order
	 * @throws JournalLostException if nothing can be recorded any more
	 * @throws dev.durable.UnknownFunctionException if an invoked function does not exist
	 */
	void enqueue(List<OperationUpdate> updates);

	/**
	 * Make everything enqueued so far durable.
	 * @return completes when it is, after the journal has seen the new states; fails with
	 * {@link JournalLostException}
	 */
	CompletionStage<Void> flush();

	/**
	 * Let an update be recorded by the calling thread's transaction, if there is one that
	 * the host can join.
	 * @param update the update
	 * @param permit runs what takes the update's place in the journal, shortly before the
	 * commit, or throws, which rolls the transaction back
	 * @param committed called when the update became durable with the transaction; never
	 * called if it was rolled back
	 * @return whether the update joined
	 */
	boolean joinTransaction(OperationUpdate update, Consumer<Runnable> permit, Runnable committed);

	/**
	 * Return whether the calling thread has a transaction that the host could join.
	 * @return whether it has
	 */
	boolean inTransaction();

	/**
	 * Return the host's time.
	 * @return the time, to the millisecond
	 */
	Instant now();

	/**
	 * Set who learns of new states; once, before anything is enqueued.
	 * @param listener takes each new state, after it became durable
	 */
	void onChange(Consumer<OperationState> listener);

}
