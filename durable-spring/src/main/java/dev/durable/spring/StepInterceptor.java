package dev.durable.spring;

import java.lang.reflect.UndeclaredThrowableException;

import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import dev.durable.spring.MethodBody.BodyListener;
import org.jspecify.annotations.Nullable;

/** Records calls of step methods inside executions. Thread-safe. */
final class StepInterceptor {

	private final ExecutionAccess execution;

	StepInterceptor(ExecutionAccess execution) {
		this.execution = execution;
	}

	@Nullable Object intercept(DurableStepSpec step, MethodBody body) throws Throwable {
		DurableContext context = this.execution.context();
		if (context == null) {
			// Outside an execution, or part of the step that is running already
			return body.run(BodyListener.NONE);
		}
		return switch (step.returns()) {
			case VALUE -> context.<@Nullable Object, Exception>step(step.name(), step.resultType(), step.options(),
					(attempt) -> attempt(body));
			case DURABLE_FUTURE -> start(context, step, body);
			case COMPLETABLE_FUTURE -> DurableCompletableFuture.of(start(context, step, body), this.execution);
		};
	}

	private DurableFuture<@Nullable Object> start(DurableContext context, DurableStepSpec step, MethodBody body) {
		return context.stepAsync(step.name(), step.resultType(), step.options(), (attempt) -> attempt(body));
	}

	private @Nullable Object attempt(MethodBody body) throws Exception {
		try {
			// The listener waits, too: while the body's transaction is still open
			return MethodReturn
				.result(body.run((returned) -> this.execution.stepReturned(MethodReturn.result(returned))));
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new UndeclaredThrowableException(ex);
		}
	}

}
