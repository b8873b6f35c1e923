package dev.durable.store;

import java.util.function.Consumer;

import dev.durable.ExecutionId;

/**
 * A store that tells its nodes at once when a signal arrives, instead of at their next
 * poll.
 */
public interface SignallingStore extends CheckpointStore {

	/**
	 * Listen for signals until closed. A lost connection is replaced; what was missed
	 * meanwhile is found by polling.
	 * @param listener takes the execution that a signal arrived for, on a thread of the
	 * store
	 * @return ends the listening; waits for nothing
	 */
	Listening listen(Consumer<ExecutionId> listener);

	/** A running listener. */
	interface Listening extends AutoCloseable {

		@Override
		void close();

	}

}
