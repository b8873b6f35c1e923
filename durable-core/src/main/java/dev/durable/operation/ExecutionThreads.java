package dev.durable.operation;

import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.durable.journal.JournalLostException;

/** The threads of one invocation. Thread-safe. */
public interface ExecutionThreads {

	/**
	 * Check that the calling thread may make a durable call now.
	 * @param call the call, for the message
	 * @throws InvocationEndedError if the invocation, or the thread's part in it, has
	 * ended
	 * @throws IllegalStateException if the thread is foreign, or runs a step
	 */
	void check(String call);

	/**
	 * Block until something has happened; the invocation suspends when all its threads
	 * are blocked.
	 * @param keys what {@link #changed} will be called with, at least one of them
	 * @param done whether it has happened
	 * @throws InvocationEndedError if the invocation, or the thread's part in it, ends
	 * first
	 */
	void await(Collection<?> keys, BooleanSupplier done);

	/**
	 * Block until something has happened.
	 * @param key what {@link #changed} will be called with
	 * @param done whether it has happened
	 * @see #await(Collection, BooleanSupplier)
	 */
	default void await(Object key, BooleanSupplier done) {
		await(List.of(key), done);
	}

	/**
	 * Tell the threads that await a key to look again.
	 * @param key the key
	 */
	void changed(Object key);

	/**
	 * Run a task on a thread of its own, as soon as one may run.
	 * @param name the thread's purpose
	 * @param task the task
	 * @return lets it be cancelled
	 */
	Fork fork(String name, Task task);

	/**
	 * Return whether the calling thread leaves its task only because it was blocked when
	 * too many were: the task starts again, or is dropped.
	 * @return whether it does
	 */
	boolean startsAgain();

	/**
	 * Do something that the calling thread may do only while its task is not cancelled.
	 * @param recording what to do, without blocking
	 * @throws InvocationEndedError if the task was cancelled, or left its thread
	 */
	void record(Runnable recording);

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
	 * Return whether the invocation, or the calling thread's part in it, has ended, so
	 * that what user code returns or throws no longer counts.
	 * @return whether it has
	 */
	boolean ended();

	/**
	 * Work for a thread of its own. Handles its own failures; ends when
	 * {@link InvocationEndedError} is thrown in it, and may be run again from its start
	 * then.
	 */
	@FunctionalInterface
	interface Task extends Runnable {

		/** Learn that the task will not be run, or not be run again. */
		default void dropped() {
		}

	}

	/** Lets a task be cancelled. */
	@FunctionalInterface
	interface Fork {

		/**
		 * Let the task, and all tasks that it has forked, end without recording anything
		 * more: they get {@link InvocationEndedError} from their next durable call.
		 */
		void cancel();

	}

}
