package dev.durable.spring;

import java.util.function.BiConsumer;

import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import dev.durable.context.CurrentExecution;
import org.jspecify.annotations.Nullable;

/** What the calling thread is doing for which execution; replaced in tests. */
interface ExecutionAccess {

	@Nullable DurableContext context();

	boolean inStep();

	void stepReturned(@Nullable Object result);

	<T extends @Nullable Object> void whenEnded(DurableFuture<T> future,
			BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action);

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

			@Override
			public <T extends @Nullable Object> void whenEnded(DurableFuture<T> future,
					BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
				CurrentExecution.whenEnded(future, action);
			}
		};
	}

}
