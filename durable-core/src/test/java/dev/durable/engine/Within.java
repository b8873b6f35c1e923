package dev.durable.engine;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits that fail the test instead of lasting for ever. */
final class Within {

	private static final long SECONDS = 20;

	private Within() {
	}

	static void acquired(Semaphore semaphore, String what) {
		uninterrupted(() -> {
			if (!semaphore.tryAcquire(SECONDS, TimeUnit.SECONDS)) {
				throw new AssertionError("Not within %d s: %s".formatted(SECONDS, what));
			}
			return null;
		});
	}

	static void left(Thread thread) {
		uninterrupted(() -> {
			thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
			if (thread.isAlive()) {
				throw new AssertionError("Thread has not left within %d s".formatted(SECONDS));
			}
			return null;
		});
	}

	/** Wait until a thread waits for something itself. */
	static void waits(Thread thread) {
		until(() -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING,
				"the thread waits");
	}

	static void until(BooleanSupplier condition, String what) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("Not within %d s: %s".formatted(SECONDS, what));
			}
			Thread.onSpinWait();
		}
	}

	static <T> T taken(BlockingQueue<T> queue) {
		return uninterrupted(() -> {
			T next = queue.poll(SECONDS, TimeUnit.SECONDS);
			if (next == null) {
				throw new AssertionError("Nothing was told to do within %d s".formatted(SECONDS));
			}
			return next;
		});
	}

	/** Return what a future failed with, or null. */
	static Throwable outcome(CompletableFuture<?> future) {
		return uninterrupted(() -> {
			try {
				future.get(SECONDS, TimeUnit.SECONDS);
				return null;
			}
			catch (ExecutionException ex) {
				return ex.getCause();
			}
			catch (TimeoutException ex) {
				throw new AssertionError("Not done within %d s".formatted(SECONDS), ex);
			}
		});
	}

	private static <T> T uninterrupted(Waiting<T> waiting) {
		try {
			return waiting.run();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted", ex);
		}
	}

	private interface Waiting<T> {

		T run() throws InterruptedException;

	}

}
