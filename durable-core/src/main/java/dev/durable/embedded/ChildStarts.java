package dev.durable.embedded;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.durable.journal.JournalLostException;
import dev.durable.journal.JournalLostException.Reason;
import dev.durable.store.Event;
import dev.durable.store.ExecutionIdentity;

/**
 * Starts the executions that an invocation invokes, once its own record of that is
 * durable. Thread-safe.
 */
final class ChildStarts {

	private final Queue<CompletableFuture<Void>> pending = new ConcurrentLinkedQueue<>();

	private final ExecutionIdentity parent;

	private final EmbeddedRecorder.ChildStarter starter;

	private final Executor executor;

	private final Consumer<JournalLostException> lose;

	/**
	 * Create the starts.
	 * @param parent who invokes
	 * @param starter starts an execution
	 * @param executor runs the starts
	 * @param lose told if one cannot be started, before who waits for it
	 */
	ChildStarts(ExecutionIdentity parent, EmbeddedRecorder.ChildStarter starter, Executor executor,
			Consumer<JournalLostException> lose) {
		this.parent = parent;
		this.starter = starter;
		this.executor = executor;
		this.lose = lose;
	}

	/** Start an execution on the calling thread. */
	void startHere(Event invoke) {
		this.starter.start(this.parent, invoke);
	}

	/** Start an execution on another thread. */
	void start(Event invoke) {
		CompletableFuture<Void> start = onThread(() -> startHere(invoke)).exceptionally((failure) -> {
			JournalLostException reason = new JournalLostException(Reason.UNAVAILABLE,
					"The execution that '%s' invokes could not be started".formatted(this.parent.id()), failure);
			this.lose.accept(reason);
			throw reason;
		});
		this.pending.add(start);
		start.thenRun(() -> this.pending.remove(start));
	}

	private CompletableFuture<Void> onThread(Runnable task) {
		try {
			return CompletableFuture.runAsync(task, this.executor);
		}
		catch (RuntimeException | Error ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/** Complete when all have been started. */
	CompletableFuture<Void> started() {
		CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
		for (CompletableFuture<Void> start : this.pending) {
			all = all.thenCombine(start, (left, right) -> left);
		}
		return all;
	}

}
