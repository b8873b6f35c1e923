package dev.durable.spring;

import java.util.concurrent.CompletableFuture;

import dev.durable.IllegalDurableCallException;
import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import dev.durable.DurableOperationException;
import dev.durable.InvokeOptions;
import dev.durable.TypeRef;
import dev.durable.spring.MethodBody.BodyListener;
import org.jspecify.annotations.Nullable;

/** Turns calls of function methods into executions. Thread-safe. */
final class FunctionInterceptor {

	private final ExecutionAccess execution;

	private final FunctionStarts starts;

	FunctionInterceptor(ExecutionAccess execution, FunctionStarts starts) {
		this.execution = execution;
		this.starts = starts;
	}

	@Nullable Object intercept(DurableFunctionSpec function, @Nullable Object[] arguments, MethodBody body) throws Throwable {
		if (FunctionEntry.consume(function.id())) {
			return body.run(BodyListener.NONE);
		}
		if (this.execution.inStep()) {
			throw new IllegalDurableCallException(
					("Durable function '%s' (%s) was called inside a step, where it cannot be recorded. "
							+ "Call it from the function itself, before or after the step; "
							+ "or start it independently with DurableClient.function(\"%1$s\").start(input).")
						.formatted(function.name(), MethodText.of(function.beanClass(), function.method())));
		}
		DurableContext context = this.execution.context();
		return (context != null) ? invoke(context, function, arguments) : this.starts.call(function, arguments);
	}

	private static @Nullable Object invoke(DurableContext context, DurableFunctionSpec function,
			@Nullable Object[] arguments) throws Throwable {
		DurableFuture<@Nullable Object> future = context.invokeAsync(function.method().getName(), function.name(),
				MethodTypes.input(arguments), TypeRef.of(function.returned().resultType()), InvokeOptions.defaults());
		return switch (function.returned().kind()) {
			case DURABLE_FUTURE -> future;
			case COMPLETABLE_FUTURE -> completed(function, future);
			case VALUE -> get(function, future);
		};
	}

	private static @Nullable Object get(DurableFunctionSpec function, DurableFuture<@Nullable Object> future)
			throws Throwable {
		try {
			return future.get();
		}
		catch (DurableOperationException ex) {
			throw FunctionStarts.unwrapped(function, ex);
		}
	}

	/** Inside an execution nobody could wait for it, so it is complete. */
	private static CompletableFuture<@Nullable Object> completed(DurableFunctionSpec function,
			DurableFuture<@Nullable Object> future) {
		try {
			return CompletableFuture.completedFuture(future.get());
		}
		catch (DurableOperationException ex) {
			return CompletableFuture.failedFuture(FunctionStarts.unwrapped(function, ex));
		}
	}

}
