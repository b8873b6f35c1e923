package dev.durable.context;

import java.util.function.BiConsumer;

import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import dev.durable.operation.InvocationEndedError;
import dev.durable.operation.StepScope;
import org.jspecify.annotations.Nullable;

/** What the calling thread is doing for which execution: the door for interceptors. */
public final class CurrentExecution {

	private static final ThreadLocal<DurableContext> CONTEXT = new ThreadLocal<>();

	private CurrentExecution() {
	}

	/**
	 * Return the context whose operations the calling thread may call.
	 * @return the context; {@code null} outside an execution and inside a step
	 */
	public static @Nullable DurableContext context() {
		return inStep() ? null : CONTEXT.get();
	}

	/**
	 * Return whether the calling thread runs the body of a step.
	 * @return whether it does
	 */
	public static boolean inStep() {
		return StepScope.current() != null;
	}

	/**
	 * Return whether the calling thread works for an execution, in a step or outside.
	 * @return whether it does
	 */
	public static boolean isActive() {
		return CONTEXT.get() != null || inStep();
	}

	/**
	 * Offer the result of the step that the calling thread runs while the transaction of
	 * its body is still open, so that both commit together. Does nothing outside a step,
	 * without a transaction that began inside the step, or when the store cannot join it.
	 * @param result what the body returned
	 */
	public static void stepReturned(@Nullable Object result) {
		StepScope<?> step = StepScope.current();
		if (step != null) {
			step.returned(result);
		}
	}

	/**
	 * Hear when an operation of the calling thread's execution has ended. Leaves no
	 * record.
	 * @param <T> the result
	 * @param future the operation
	 * @param action gets the result or the failure, once, on another thread of the
	 * execution, or on the caller's if the operation has ended; if the invocation ends
	 * first, gets a failure that {@link #isInvocationEnd} tells
	 * @throws IllegalStateException if the thread has no {@link #context() context}
	 */
	public static <T extends @Nullable Object> void whenEnded(DurableFuture<T> future,
			BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
		if (!(context() instanceof ReplayingDurableContext context)) {
			throw new IllegalStateException(
					"Thread '%s' has no durable context".formatted(Thread.currentThread().getName()));
		}
		context.whenEnded(future, action);
	}

	/**
	 * Return whether a failure says no more than that the invocation has ended, so that
	 * it must not be taken for the failure of an operation.
	 * @param failure the failure
	 * @return whether it does
	 */
	public static boolean isInvocationEnd(Throwable failure) {
		return failure instanceof InvocationEndedError;
	}

	static boolean isCurrent(DurableContext context) {
		return CONTEXT.get() == context;
	}

	/** Make a context current and return the one that was. */
	static @Nullable DurableContext enter(@Nullable DurableContext context) {
		DurableContext former = CONTEXT.get();
		if (context != null) {
			CONTEXT.set(context);
		}
		else {
			CONTEXT.remove();
		}
		return former;
	}

}
