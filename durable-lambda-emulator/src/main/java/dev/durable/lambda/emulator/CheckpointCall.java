package dev.durable.lambda.emulator;

import dev.durable.ExecutionId;

/**
 * A call with which a function records what it did, for those who watch.
 *
 * @param execution its execution
 * @param number which one of its execution it is, from 1
 * @param updates how many operations it updates; none if it only asks for news
 * @param caller the function's process
 */
public record CheckpointCall(ExecutionId execution, int number, int updates, Caller caller) {

	/** The process that made a call. */
	@FunctionalInterface
	public interface Caller {

		/**
		 * Kill it at once; it gets no reply, and its invocation has failed. A function
		 * that runs in this process is only cut off and interrupted.
		 */
		void kill();

	}

}
