package dev.durable.spring;

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
		if (method instanceof DurableStepSpec step) {
			return this.steps.intercept(step, body);
		}
		return this.functions.intercept((DurableFunctionSpec) method, arguments, body);
	}

}
