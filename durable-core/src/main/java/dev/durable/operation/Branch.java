package dev.durable.operation;

import java.util.concurrent.Callable;

import dev.durable.DurableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Work of an execution on a thread of its own.
 *
 * @param <T> the result
 */
public final class Branch<T extends @Nullable Object> implements DurableFuture<T> {

	private final ExecutionThreads threads;

	private volatile @Nullable Outcome<T> outcome;

	private Branch(ExecutionThreads threads) {
		this.threads = threads;
	}

	/**
	 * Start a branch.
	 * @param <T> the result
	 * @param threads the invocation's threads
	 * @param name the thread's purpose
	 * @param task the work
	 * @return its future
	 */
	public static <T extends @Nullable Object> Branch<T> start(ExecutionThreads threads, String name,
			Callable<T> task) {
		Branch<T> branch = new Branch<>(threads);
		threads.fork(name, () -> branch.run(task));
		return branch;
	}

	private void run(Callable<T> task) {
		try {
			this.outcome = new Outcome<>(task.call(), null);
		}
		catch (InvocationEndedError ex) {
			return;
		}
		catch (Throwable ex) {
			this.outcome = new Outcome<>(null, ex);
		}
		this.threads.changed(this);
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

	private record Outcome<T extends @Nullable Object>(@Nullable T value, @Nullable Throwable failure) {

	}

}
