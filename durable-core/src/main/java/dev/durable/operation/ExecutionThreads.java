package dev.durable.operation;

import java.util.function.BooleanSupplier;

import dev.durable.journal.JournalLostException;

/** The threads of one invocation. Thread-safe. */
public interface ExecutionThreads {

	/**
	 * Check that the calling thread may make a durable call now.
	 * @param call the call, for the message
	 * @throws InvocationEndedError if the invocation has ended
	 * @throws IllegalStateException if the thread is foreign, or runs a step
	 */
	void check(String call);

	/**
	 * Block until something has happened; the invocation suspends when all its threads
	 * are blocked.
	 * @param key what {@link #changed} will be called with
	 * @param done whether it has happened
	 * @throws InvocationEndedError if the invocation ends first
	 */
	void await(Object key, BooleanSupplier done);

	/**
	 * Tell the threads that await a key to look again.
	 * @param key the key
	 */
	void changed(Object key);

	/**
	 * Run a task on a thread of its own.
	 * @param name the thread's purpose
	 * @param task the task, which handles its own failures
	 */
	void fork(String name, Runnable task);

	/**
	 * End the invocation because its journal is lost.
	 * @param cause why
	 * @return the error to throw
	 */
	InvocationEndedError lost(JournalLostException cause);

	/**
	 * End the invocation because this process cannot go on with it; it is tried again
	 * later.
	 * @param cause why
	 * @return the error to throw
	 */
	InvocationEndedError crashed(Throwable cause);

	/**
	 * Return whether the invocation has ended, so that what user code returns or throws
	 * no longer counts.
	 * @return whether it has
	 */
	boolean ended();

}
