package dev.durable.store.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a thread's interrupt away from database calls: it would close an embedded
 * database's file, or a virtual thread's socket, in the middle of a commit.
 */
final class Interrupts {

	private Interrupts() {
	}

	/**
	 * Make a call with the interrupt flag down, and raise it again afterwards.
	 * @param call the call
	 * @param <T> type of its result
	 * @param <X> what it may throw
	 * @return its result
	 * @throws X what the call throws
	 */
	static <T extends @Nullable Object, X extends Exception> T defer(Call<T, X> call) throws X {
		boolean interrupted = Thread.interrupted();
		try {
			return call.run();
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Run something with the interrupt flag down, and raise it again afterwards.
	 * @param work what to run
	 */
	static void run(Runnable work) {
		Interrupts.<@Nullable Void, RuntimeException>defer(() -> {
			work.run();
			return null;
		});
	}

	/** A database call. */
	@FunctionalInterface
	interface Call<T extends @Nullable Object, X extends Exception> {

		T run() throws X;

	}

}
