package dev.durable.spring;

import dev.durable.DurableContext;
import dev.durable.context.CurrentExecution;
import org.jspecify.annotations.Nullable;

/** What the calling thread is doing for which execution; replaced in tests. */
interface ExecutionAccess {

	@Nullable DurableContext context();

	boolean inStep();

	void stepReturned(@Nullable Object result);

	static ExecutionAccess current() {
		return new ExecutionAccess() {
			@Override
			public @Nullable DurableContext context() {
				return CurrentExecution.context();
			}

			@Override
			public boolean inStep() {
				return CurrentExecution.inStep();
			}

			@Override
			public void stepReturned(@Nullable Object result) {
				CurrentExecution.stepReturned(result);
			}
		};
	}

}
