package dev.durable.context;

import dev.durable.DurableContext;
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
		StepScope step = StepScope.current();
		if (step != null) {
			step.returned(result);
		}
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
