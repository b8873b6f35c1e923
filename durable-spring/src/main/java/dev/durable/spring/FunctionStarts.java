package dev.durable.spring;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import dev.durable.DurableClient;
import dev.durable.DurableException;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionTimeoutException;
import dev.durable.FunctionStart;
import org.jspecify.annotations.Nullable;

/** Calls of functions from outside any execution. Thread-safe. */
final class FunctionStarts {

	private static final Duration WATCH = Duration.ofHours(1);

	private final Supplier<DurableClient> client;

	private final Duration timeout;

	private final Executor executor;

	/**
	 * Create the starts.
	 * @param client asked for at each call
	 * @param timeout how long a caller waits for a result
	 * @param executor waits for the executions behind completable futures
	 */
	FunctionStarts(Supplier<DurableClient> client, Duration timeout, Executor executor) {
		this.client = client;
		this.timeout = timeout;
		this.executor = executor;
	}

	@Nullable Object call(DurableFunctionSpec function, @Nullable Object[] arguments) throws Throwable {
		ExecutionHandle<Object> handle = start(function, arguments);
		return switch (function.returned().kind()) {
			case DURABLE_FUTURE -> new HandleFuture(handle, this.timeout);
			case COMPLETABLE_FUTURE -> completion(function, handle);
			case VALUE -> result(function, handle);
		};
	}

	private ExecutionHandle<Object> start(DurableFunctionSpec function, @Nullable Object[] arguments) {
		FunctionStart start = this.client.get().function(function.name());
		String name = function.executionName(arguments);
		return ((name != null) ? start.named(name) : start).start(MethodTypes.input(arguments));
	}

	private @Nullable Object result(DurableFunctionSpec function, ExecutionHandle<Object> handle) throws Throwable {
		try {
			return handle.result(this.timeout);
		}
		catch (ExecutionFailedException ex) {
			throw unwrapped(function, ex);
		}
	}

	private CompletableFuture<@Nullable Object> completion(DurableFunctionSpec function,
			ExecutionHandle<Object> handle) {
		CompletableFuture<@Nullable Object> future = new CompletableFuture<>();
		this.executor.execute(() -> watch(function, handle, future));
		return future;
	}

	private static void watch(DurableFunctionSpec function, ExecutionHandle<Object> handle,
			CompletableFuture<@Nullable Object> future) {
		while (!future.isDone()) {
			try {
				future.complete(handle.result(WATCH));
			}
			catch (ExecutionTimeoutException ex) {
				// It goes on, so does the watch
			}
			catch (ExecutionFailedException ex) {
				future.completeExceptionally(unwrapped(function, ex));
			}
			catch (Throwable ex) {
				future.completeExceptionally(ex);
			}
		}
	}

	/** Return the function's own exception if its callers are prepared for it. */
	static Throwable unwrapped(DurableFunctionSpec function, DurableException failure) {
		Throwable cause = failure.getCause();
		return (cause != null && function.mayThrow(cause)) ? cause : failure;
	}

}
