package dev.durable.spring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.durable.DurableFuture;
import dev.durable.context.CurrentExecution;
import org.jspecify.annotations.Nullable;

/**
 * A completable future of an operation, and what is derived from it. Waiting for it is
 * waiting for the operation, so the execution can suspend; time limits do not count, as
 * they would end differently on replay. It is completed when the operation has ended, so
 * that it can be combined with others. Only the execution completes it.
 *
 * @param <T> the result
 */
final class DurableCompletableFuture<T extends @Nullable Object> extends CompletableFuture<T> {

	private static final ThreadLocal<Boolean> COMPLETING = ThreadLocal.withInitial(() -> false);

	private final DurableFuture<?> operation;

	private DurableCompletableFuture(DurableFuture<?> operation) {
		this.operation = operation;
	}

	static <T extends @Nullable Object> DurableCompletableFuture<T> of(DurableFuture<T> operation,
			ExecutionAccess execution) {
		return of(operation, execution, UnaryOperator.identity());
	}

	/**
	 * Create the future of an operation.
	 * @param failures turns the operation's failure into the one that callers get
	 */
	static <T extends @Nullable Object> DurableCompletableFuture<T> of(DurableFuture<T> operation,
			ExecutionAccess execution, UnaryOperator<Throwable> failures) {
		DurableCompletableFuture<T> future = new DurableCompletableFuture<>(operation);
		execution.whenEnded(operation,
				(result, failure) -> future.ended(result, (failure != null) ? failures.apply(failure) : null));
		return future;
	}

	/** Return whether the calling thread runs what follows a completed future. */
	static boolean isCompleting() {
		return COMPLETING.get();
	}

	@SuppressWarnings("NullAway") // the result is null only where T allows it
	private void ended(@Nullable T result, @Nullable Throwable failure) {
		COMPLETING.set(true);
		try {
			if (failure != null) {
				super.completeExceptionally(failure);
			}
			else {
				super.complete(result);
			}
		}
		finally {
			COMPLETING.remove();
		}
	}

	/** Wait as the execution waits; what follows the operation runs on. */
	private void await() {
		if (isDone()) {
			return;
		}
		try {
			this.operation.get();
		}
		catch (Throwable ex) {
			if (!this.operation.isDone()) {
				throw ex;
			}
			// Its failure is told by this future
		}
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		await();
		return super.get();
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException {
		return get();
	}

	@Override
	public T join() {
		await();
		return super.join();
	}

	@Override
	public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
		return new DurableCompletableFuture<>(this.operation);
	}

	@Override
	public boolean complete(T value) {
		throw completedByOthers("complete");
	}

	@Override
	public boolean completeExceptionally(Throwable ex) {
		throw completedByOthers("completeExceptionally");
	}

	@Override
	public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
		throw completedByOthers("completeAsync");
	}

	@Override
	public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
		throw completedByOthers("completeOnTimeout");
	}

	@Override
	public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
		throw completedByOthers("orTimeout");
	}

	@Override
	public void obtrudeValue(T value) {
		throw completedByOthers("obtrudeValue");
	}

	@Override
	public void obtrudeException(Throwable ex) {
		throw completedByOthers("obtrudeException");
	}

	/** An operation that has begun cannot be taken back. */
	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		return isCancelled();
	}

	private static UnsupportedOperationException completedByOthers(String method) {
		return new UnsupportedOperationException(
				("'%s' was called on the future of a durable operation, which only its execution completes. "
						+ "For a time limit wait for DurableContext.anyOf of the operation and a durable wait.")
					.formatted(method));
	}

	@Override
	public <U extends @Nullable Object> CompletableFuture<U> handle(
			BiFunction<? super T, Throwable, ? extends U> handler) {
		return super.handle(handling(handler));
	}

	@Override
	public <U extends @Nullable Object> CompletableFuture<U> handleAsync(
			BiFunction<? super T, Throwable, ? extends U> handler) {
		return super.handleAsync(handling(handler));
	}

	@Override
	public <U extends @Nullable Object> CompletableFuture<U> handleAsync(
			BiFunction<? super T, Throwable, ? extends U> handler, Executor executor) {
		return super.handleAsync(handling(handler), executor);
	}

	@Override
	public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
		return super.whenComplete(watching(action));
	}

	@Override
	public CompletableFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> action) {
		return super.whenCompleteAsync(watching(action));
	}

	@Override
	public CompletableFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> action, Executor executor) {
		return super.whenCompleteAsync(watching(action), executor);
	}

	@Override
	public CompletableFuture<T> exceptionally(Function<Throwable, ? extends T> handler) {
		return super.exceptionally(recovering(handler));
	}

	@Override
	public CompletableFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> handler) {
		return super.exceptionallyAsync(recovering(handler));
	}

	@Override
	public CompletableFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> handler, Executor executor) {
		return super.exceptionallyAsync(recovering(handler), executor);
	}

	@Override
	public CompletableFuture<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> handler) {
		return super.exceptionallyCompose(recovering(handler));
	}

	@Override
	public CompletableFuture<T> exceptionallyComposeAsync(Function<Throwable, ? extends CompletionStage<T>> handler) {
		return super.exceptionallyComposeAsync(recovering(handler));
	}

	@Override
	public CompletableFuture<T> exceptionallyComposeAsync(Function<Throwable, ? extends CompletionStage<T>> handler,
			Executor executor) {
		return super.exceptionallyComposeAsync(recovering(handler), executor);
	}

	private static <A extends @Nullable Object, U extends @Nullable Object> BiFunction<A, Throwable, U> handling(
			BiFunction<? super A, Throwable, ? extends U> handler) {
		return (result, failure) -> {
			rethrowIfInvocationEnd(failure);
			return handler.apply(result, failure);
		};
	}

	private static <A extends @Nullable Object> BiConsumer<A, Throwable> watching(
			BiConsumer<? super A, ? super Throwable> action) {
		return (result, failure) -> {
			rethrowIfInvocationEnd(failure);
			action.accept(result, failure);
		};
	}

	private static <U extends @Nullable Object> Function<Throwable, U> recovering(
			Function<Throwable, ? extends U> handler) {
		return (failure) -> {
			rethrowIfInvocationEnd(failure);
			return handler.apply(failure);
		};
	}

	/**
	 * Nobody may take the end of an invocation, such as its suspension, for a failure of
	 * the operation: it passes by all handlers.
	 */
	private static void rethrowIfInvocationEnd(@Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		if (cause instanceof Error ended && CurrentExecution.isInvocationEnd(ended)) {
			throw ended;
		}
	}

}
