package dev.durable.spring;

import java.lang.reflect.UndeclaredThrowableException;

import dev.durable.DurableContext;
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
		return context.<@Nullable Object, Exception>step(step.name(), step.resultType(), step.options(),
				(attempt) -> attempt(body));
	}

	private @Nullable Object attempt(MethodBody body) throws Exception {
		try {
			return body.run(this.execution::stepReturned);
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new UndeclaredThrowableException(ex);
		}
	}

}
