package dev.durable.spring;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.durable.IllegalDurableCallException;
import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.CallbackOptions;
import dev.durable.CallbackSubmitter;
import dev.durable.ChildBody;
import dev.durable.ChildContextOptions;
import dev.durable.ConditionCheck;
import dev.durable.ConditionOptions;
import dev.durable.DurableCallback;
import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import dev.durable.ExecutionId;
import dev.durable.InvokeOptions;
import dev.durable.MapFunction;
import dev.durable.ParallelBranch;
import dev.durable.RetriedBody;
import dev.durable.RetryStrategy;
import dev.durable.StepBody;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import dev.durable.WaitForCallbackOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The injectable context: whatever execution the calling thread works for. Its methods
 * throw {@link IllegalStateException} outside an execution and inside a step.
 * Thread-safe, as every thread sees its own execution.
 */
public final class AmbientDurableContext implements DurableContext {

	private final ExecutionAccess execution;

	/** Create the context. */
	public AmbientDurableContext() {
		this(ExecutionAccess.current());
	}

	AmbientDurableContext(ExecutionAccess execution) {
		this.execution = execution;
	}

	@Override
	public ExecutionId executionId() {
		return current("executionId").executionId();
	}

	@Override
	public <T extends @Nullable Object, E extends Exception> T step(@Nullable String name, TypeRef<T> type,
			StepOptions options, StepBody<T, E> body) throws E {
		return current("step").step(name, type, options, body);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> stepAsync(@Nullable String name, TypeRef<T> type,
			StepOptions options, StepBody<T, ?> body) {
		return current("stepAsync").stepAsync(name, type, options, body);
	}

	@Override
	public void wait(@Nullable String name, Duration duration) {
		current("wait").wait(name, duration);
	}

	@Override
	public DurableFuture<@Nullable Void> waitAsync(@Nullable String name, Duration duration) {
		return current("waitAsync").waitAsync(name, duration);
	}

	@Override
	public <T extends @Nullable Object> DurableCallback<T> createCallback(@Nullable String name, TypeRef<T> type,
			CallbackOptions options) {
		return current("createCallback").createCallback(name, type, options);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> invokeAsync(@Nullable String name, String function,
			@Nullable Object input, TypeRef<T> type, InvokeOptions options) {
		return current("invoke").invokeAsync(name, function, input, type, options);
	}

	@Override
	public <T extends @Nullable Object, E extends Exception> T runInChildContext(@Nullable String name, TypeRef<T> type,
			ChildContextOptions options, ChildBody<T, E> body) throws E {
		return current("runInChildContext").runInChildContext(name, type, options, body);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> runInChildContextAsync(@Nullable String name, TypeRef<T> type,
			ChildContextOptions options, ChildBody<T, ?> body) {
		return current("runInChildContextAsync").runInChildContextAsync(name, type, options, body);
	}

	@Override
	public <T extends @Nullable Object> T waitForCallback(@Nullable String name, TypeRef<T> type,
			WaitForCallbackOptions options, CallbackSubmitter<?> submitter) {
		return current("waitForCallback").waitForCallback(name, type, options, submitter);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> waitForCallbackAsync(@Nullable String name, TypeRef<T> type,
			WaitForCallbackOptions options, CallbackSubmitter<?> submitter) {
		return current("waitForCallbackAsync").waitForCallbackAsync(name, type, options, submitter);
	}

	@Override
	public <T extends @Nullable Object, E extends Exception> T waitForCondition(@Nullable String name, TypeRef<T> type,
			ConditionOptions<T> options, ConditionCheck<T, E> check) throws E {
		return current("waitForCondition").waitForCondition(name, type, options, check);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> waitForConditionAsync(@Nullable String name, TypeRef<T> type,
			ConditionOptions<T> options, ConditionCheck<T, ?> check) {
		return current("waitForConditionAsync").waitForConditionAsync(name, type, options, check);
	}

	@Override
	public <I extends @Nullable Object, T extends @Nullable Object> BatchResult<T> map(@Nullable String name,
			List<? extends I> items, TypeRef<T> type, BatchOptions options, MapFunction<? super I, T, ?> function) {
		return current("map").map(name, items, type, options, function);
	}

	@Override
	public <I extends @Nullable Object, T extends @Nullable Object> DurableFuture<BatchResult<T>> mapAsync(
			@Nullable String name, List<? extends I> items, TypeRef<T> type, BatchOptions options,
			MapFunction<? super I, T, ?> function) {
		return current("mapAsync").mapAsync(name, items, type, options, function);
	}

	@Override
	public <T extends @Nullable Object> BatchResult<T> parallel(@Nullable String name, List<ParallelBranch<T>> branches,
			TypeRef<T> type, BatchOptions options) {
		return current("parallel").parallel(name, branches, type, options);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<BatchResult<T>> parallelAsync(@Nullable String name,
			List<ParallelBranch<T>> branches, TypeRef<T> type, BatchOptions options) {
		return current("parallelAsync").parallelAsync(name, branches, type, options);
	}

	@Override
	public <T extends @Nullable Object, E extends Exception> T withRetry(@Nullable String name, RetryStrategy retry,
			RetriedBody<T, E> body) throws E {
		return current("withRetry").withRetry(name, retry, body);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> withRetryAsync(@Nullable String name, RetryStrategy retry,
			RetriedBody<T, ?> body) {
		return current("withRetryAsync").withRetryAsync(name, retry, body);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> anyOf(@Nullable String name,
			List<? extends DurableFuture<? extends T>> futures) {
		return current("anyOf").anyOf(name, futures);
	}

	@Override
	public Instant now() {
		return current("now").now();
	}

	@Override
	public UUID randomUUID() {
		return current("randomUUID").randomUUID();
	}

	@Override
	public double random() {
		return current("random").random();
	}

	@Override
	public Logger logger() {
		return current("logger").logger();
	}

	private DurableContext current(String call) {
		DurableContext context = this.execution.context();
		if (context != null) {
			return context;
		}
		if (this.execution.inStep()) {
			throw new IllegalDurableCallException(
					("DurableContext.%s was called inside a step, whose code runs as one unit. "
							+ "Call it from the durable function itself, before or after the step.")
						.formatted(call));
		}
		throw new IllegalDurableCallException(("DurableContext.%s was called on thread '%s', which runs no execution. "
				+ "Call it from a @DurableFunction method, on the thread that the function runs on.")
			.formatted(call, Thread.currentThread().getName()));
	}

}
