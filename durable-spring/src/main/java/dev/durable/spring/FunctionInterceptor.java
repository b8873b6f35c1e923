package dev.durable.spring;

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

	private @Nullable Object invoke(DurableContext context, DurableFunctionSpec function, @Nullable Object[] arguments)
			throws Throwable {
		DurableFuture<@Nullable Object> future = context.invokeAsync(function.method().getName(), function.name(),
				MethodTypes.input(arguments), TypeRef.of(function.returned().resultType()), InvokeOptions.defaults());
		return switch (function.returned().kind()) {
			case DURABLE_FUTURE -> future;
			case COMPLETABLE_FUTURE ->
				DurableCompletableFuture.of(future, this.execution, (failure) -> unwrapped(function, failure));
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

	private static Throwable unwrapped(DurableFunctionSpec function, Throwable failure) {
		return (failure instanceof DurableOperationException ended) ? FunctionStarts.unwrapped(function, ended)
				: failure;
	}

}
