package dev.durable.spring;

import dev.durable.IllegalDurableCallException;
import org.jspecify.annotations.Nullable;

/** The one durable interception of a call, wherever the call came in. Thread-safe. */
final class DurableInterceptor {

	private final StepInterceptor steps;

	private final FunctionInterceptor functions;

	DurableInterceptor(StepInterceptor steps, FunctionInterceptor functions) {
		this.steps = steps;
		this.functions = functions;
	}

	@Nullable Object intercept(DurableMethod method, @Nullable Object[] arguments, MethodBody body) throws Throwable {
		if (DurableCompletableFuture.isCompleting()) {
			throw new IllegalDurableCallException(
					("%s %s was called by code that follows a CompletableFuture, such as the function of 'thenApply', "
							+ "whose place in the execution is not certain. "
							+ "Wait for the future and make the call from the durable function itself.")
						.formatted(MethodText.annotationOf(method.method()),
								MethodText.of(method.beanClass(), method.method())));
		}
		if (method instanceof DurableStepSpec step) {
			return this.steps.intercept(step, body);
		}
		return this.functions.intercept((DurableFunctionSpec) method, arguments, body);
	}

}
