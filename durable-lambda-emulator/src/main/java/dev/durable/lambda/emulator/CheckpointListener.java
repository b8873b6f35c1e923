package dev.durable.lambda.emulator;

/**
 * Watches checkpoints, on the thread that serves them, and may kill the process that
 * waits for the reply. Thread-safe.
 */
public interface CheckpointListener {

	/**
	 * A call was received and found valid, and nothing of it is recorded.
	 * @param call the call
	 */
	default void received(CheckpointCall call) {
	}

	/**
	 * A call was recorded, and its reply is not sent.
	 * @param call the call
	 */
	default void recorded(CheckpointCall call) {
	}

}
