package dev.durable.store;

import java.util.function.Consumer;

/**
 * A store whose appends can join the caller's transaction: the ability behind
 * transactional steps and starts.
 */
public interface TransactionalStore extends CheckpointStore {

	/**
	 * Return whether the calling thread has an active transaction on the store's own
	 * resource, so that {@link #appendInTransaction} can join it.
	 * @return whether it has
	 */
	boolean inTransaction();

	/**
	 * Append within the calling thread's transaction: durable if and when that commits.
	 * @param append what to write
	 * @throws AppendConflictException if it does not follow the journal; the transaction
	 * must be rolled back
	 * @throws StoreUnavailableException if the write failed; the transaction must be
	 * rolled back
	 * @throws IllegalStateException if there is no such transaction
	 */
	void appendInTransaction(Append append);

	/**
	 * Call back once when the calling thread's transaction has ended.
	 * @param beforeCommit runs on this thread shortly before the commit, after everything
	 * registered before; may append; an exception rolls the transaction back
	 * @param afterCompletion takes how the transaction ended
	 * @throws IllegalStateException if there is no such transaction
	 */
	void onCompletion(Runnable beforeCommit, Consumer<Completion> afterCompletion);

	/** How a transaction ended. */
	enum Completion {

		/** What was appended is durable. */
		COMMITTED,

		/** Nothing was appended. */
		ROLLED_BACK,

		/** Nobody knows; the journal will tell. */
		UNKNOWN

	}

}
