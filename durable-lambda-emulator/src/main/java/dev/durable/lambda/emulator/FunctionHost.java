package dev.durable.lambda.emulator;

import java.util.concurrent.CompletableFuture;

/** Runs invocations of a function. Thread-safe. */
interface FunctionHost {

	/**
	 * Begin an invocation.
	 * @param call what to run
	 * @return the running invocation
	 */
	Flight invoke(FunctionCall call);

	/** End all that runs, and everything that was started for it. */
	void close();

	/** A running invocation. */
	interface Flight {

		/**
		 * Return the function's answer; fails with a {@link FunctionFailure}.
		 * @return completes when the invocation has ended
		 */
		CompletableFuture<byte[]> answer();

		/** End it at once by killing the process. */
		void kill();

	}

}
