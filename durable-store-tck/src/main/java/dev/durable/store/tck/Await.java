package dev.durable.store.tck;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/** Waits for a store's answer; a store that never answers fails the test. */
final class Await {

	private static final long SECONDS = 60;

	private Await() {
	}

	/** Return what a stage failed with, or {@code null} if it succeeded. */
	static @Nullable Throwable outcome(CompletionStage<?> stage) {
		try {
			stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
			return null;
		}
		catch (ExecutionException ex) {
			return (ex.getCause() != null) ? ex.getCause() : ex;
		}
		catch (TimeoutException ex) {
			throw new AssertionError("The store did not answer within %d s".formatted(SECONDS), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for the store", ex);
		}
	}

	/** Wait until a stage succeeds; its failure is thrown. */
	static void success(CompletionStage<?> stage) {
		Throwable failure = outcome(stage);
		if (failure instanceof RuntimeException exception) {
			throw exception;
		}
		if (failure != null) {
			throw new AssertionError("The store failed with an error", failure);
		}
	}

}
