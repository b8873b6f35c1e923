package dev.durable.operation;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import dev.durable.OperationId;
import dev.durable.OperationRef;
import org.jspecify.annotations.Nullable;

/**
 * Work of an execution on a thread of its own.
 *
 * @param <T> the result
 */
public final class Branch<T extends @Nullable Object> implements OperationFuture<T> {

	private final ExecutionThreads threads;

	private final CompletableFuture<T> left = new CompletableFuture<>();

	private final @Nullable OperationId operation;

	private volatile @Nullable Outcome<T> outcome;

	private Branch(ExecutionThreads threads, @Nullable OperationId operation) {
		this.threads = threads;
		this.operation = operation;
	}

	/**
	 * Start an operation.
	 * @param <T> the result
	 * @param threads the invocation's threads
	 * @param operation the operation
	 * @param task runs it
	 * @return its future
	 */
	public static <T extends @Nullable Object> Branch<T> start(ExecutionThreads threads, OperationRef operation,
			Callable<T> task) {
		return start(new Branch<>(threads, operation.id()), operation.toString(), task);
	}

	/**
	 * Start work that leaves no record of its own.
	 * @param <T> the result
	 * @param threads the invocation's threads
	 * @param name the work's purpose
	 * @param task the work
	 * @return its future
	 */
	public static <T extends @Nullable Object> Branch<T> startUnrecorded(ExecutionThreads threads, String name,
			Callable<T> task) {
		return start(new Branch<>(threads, null), name, task);
	}

	private static <T extends @Nullable Object> Branch<T> start(Branch<T> branch, String name, Callable<T> task) {
		branch.threads.fork(name, branch.new BranchTask(task));
		return branch;
	}

	@Override
	public @Nullable OperationId operationId() {
		return this.operation;
	}

	private void ended(Outcome<T> ended) {
		if (this.threads.ended()) {
			// What code returns or throws after it caught the end does not count.
			left();
			return;
		}
		this.outcome = ended;
		this.threads.changed(this);
		if (ended.failure() != null) {
			this.left.completeExceptionally(ended.failure());
		}
		else {
			this.left.complete(result());
		}
	}

	private void left() {
		if (!this.threads.startsAgain()) {
			dropped();
		}
	}

	private void dropped() {
		this.left.completeExceptionally(new InvocationEndedError("The invocation ended before the branch"));
	}

	/**
	 * Hear when the branch has ended, or leaves because its invocation ended first.
	 * @param action gets the result or the failure, which is an
	 * {@link InvocationEndedError} in the second case; called on the branch's thread, or
	 * on the caller's if it is too late for that
	 */
	public void whenEnded(BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
		this.left.whenComplete(action);
	}

	@Override
	public T get() {
		this.threads.check("DurableFuture.get");
		this.threads.await(this, this::isDone);
		return result();
	}

	@Override
	public boolean isDone() {
		return this.outcome != null;
	}

	@SuppressWarnings("NullAway") // the value is null only where T allows it
	private T result() {
		Outcome<T> ended = this.outcome;
		if (ended == null) {
			throw new IllegalStateException("The branch has not ended");
		}
		if (ended.failure() != null) {
			throw Branch.<RuntimeException>sneaky(ended.failure());
		}
		return ended.value();
	}

	@SuppressWarnings("unchecked")
	static <E extends Exception> RuntimeException sneaky(Throwable failure) throws E {
		if (failure instanceof Error error) {
			throw error;
		}
		throw (E) failure;
	}

	/** The work on its thread. */
	private final class BranchTask implements ExecutionThreads.Task {

		private final Callable<T> task;

		BranchTask(Callable<T> task) {
			this.task = task;
		}

		@Override
		public void run() {
			try {
				ended(new Outcome<>(this.task.call(), null));
			}
			catch (InvocationEndedError ex) {
				left();
			}
			catch (Throwable ex) {
				ended(new Outcome<>(null, ex));
			}
		}

		@Override
		public void dropped() {
			Branch.this.dropped();
		}

	}

	private record Outcome<T extends @Nullable Object>(@Nullable T value, @Nullable Throwable failure) {

	}

}
