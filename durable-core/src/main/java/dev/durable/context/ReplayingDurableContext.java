package dev.durable.context;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

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
import dev.durable.IllegalDurableCallException;
import dev.durable.InvokeOptions;
import dev.durable.MapFunction;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationSubType;
import dev.durable.ParallelBranch;
import dev.durable.RetriedBody;
import dev.durable.RetryStrategy;
import dev.durable.StepBody;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import dev.durable.ValueCodec;
import dev.durable.WaitForCallbackOptions;
import dev.durable.operation.BatchOperation;
import dev.durable.operation.Branch;
import dev.durable.operation.CallbackOperation;
import dev.durable.operation.ChildContextOperation;
import dev.durable.operation.ConditionOperation;
import dev.durable.operation.ContextScope;
import dev.durable.operation.FirstEnded;
import dev.durable.operation.InvokeOperation;
import dev.durable.operation.OperationIds;
import dev.durable.operation.OperationRuntime;
import dev.durable.operation.RetriedOperations;
import dev.durable.operation.StepOperation;
import dev.durable.operation.ValueOperation;
import dev.durable.operation.WaitOperation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The durable context of one execution or child context: gives each call its operation id
 * on the caller's thread and hands it to its operation.
 */
public final class ReplayingDurableContext implements DurableContext {

	private final OperationRuntime runtime;

	private final @Nullable ContextScope scope;

	private final OperationIds ids;

	private final Logger logger;

	private ReplayingDurableContext(OperationRuntime runtime, @Nullable ContextScope scope) {
		this.runtime = runtime;
		this.scope = scope;
		this.ids = new OperationIds((scope != null) ? scope.prefix() : null);
		this.logger = runtime.replayLogging() ? runtime.logger() : new QuietLogger(runtime.logger(), this::isReplaying);
	}

	/**
	 * Run a function's code in the root context of its execution, on the calling thread.
	 * @param <T> the result
	 * @param runtime what operations share
	 * @param body the code
	 * @return what it returned
	 * @throws Exception what it threw
	 */
	public static <T extends @Nullable Object> T runRoot(OperationRuntime runtime, ChildBody<T, ?> body)
			throws Exception {
		return run(new ReplayingDurableContext(runtime, null), body);
	}

	private static <T extends @Nullable Object> T run(ReplayingDurableContext context, ChildBody<T, ?> body)
			throws Exception {
		DurableContext former = CurrentExecution.enter(context);
		try {
			return body.run(context);
		}
		finally {
			CurrentExecution.enter(former);
			context.checkClosing();
		}
	}

	/**
	 * Also after an exception: code that failed early must fail at the same place on
	 * replay.
	 */
	private void checkClosing() {
		if (!this.runtime.threads().ended()) {
			this.runtime.journal()
				.checkClosing((this.scope != null) ? this.scope.description() : "the function", this.ids.upcoming(1));
		}
	}

	private <T extends @Nullable Object> T runChild(ContextScope child, ChildBody<T, ?> body) throws Exception {
		return run(new ReplayingDurableContext(this.runtime, child), body);
	}

	private boolean isReplaying() {
		return this.runtime.hasPassed(this.ids);
	}

	private OperationRef next(@Nullable String name, OperationSubType subType, String call) {
		check(call);
		return new OperationRef(this.ids.next(), parent(), name, subType);
	}

	private @Nullable OperationId parent() {
		return (this.scope != null) ? this.scope.parent() : null;
	}

	private void check(String call) {
		this.runtime.threads().check(call);
		this.runtime.checkDivergence();
		if (!CurrentExecution.isCurrent(this)) {
			throw new IllegalDurableCallException(("'%s' was called on a context that is not current on this thread. "
					+ "Inside a child context call the child's own context, and on other threads none: "
					+ "use the …Async methods to work side by side.")
				.formatted(call));
		}
	}

	@Override
	public ExecutionId executionId() {
		return this.runtime.execution();
	}

	@Override
	public <T extends @Nullable Object, E extends Exception> T step(@Nullable String name, TypeRef<T> type,
			StepOptions options, StepBody<T, E> body) throws E {
		OperationRef step = next(name, OperationSubType.STEP, "step");
		return new StepOperation<>(this.runtime, step, type, options).execute(body);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> stepAsync(@Nullable String name, TypeRef<T> type,
			StepOptions options, StepBody<T, ?> body) {
		OperationRef step = next(name, OperationSubType.STEP, "stepAsync");
		StepOperation<T> operation = new StepOperation<>(this.runtime, step, type, options);
		return branch(step, () -> operation.execute(body));
	}

	/** What has no thread of its own, such as an invoke, is waited for on one. */
	<T extends @Nullable Object> void whenEnded(DurableFuture<T> future,
			BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
		Branch<T> branch = (future instanceof Branch<T> own) ? own
				: Branch.startUnrecorded(this.runtime.threads(), "the end of an operation", future::get);
		branch.whenEnded(action);
	}

	@Override
	public DurableFuture<@Nullable Void> waitAsync(@Nullable String name, Duration duration) {
		WaitOperation.check(duration);
		OperationRef wait = next(name, OperationSubType.WAIT, "wait");
		return new WaitOperation(this.runtime, wait).execute(duration);
	}

	@Override
	public <T extends @Nullable Object> DurableCallback<T> createCallback(@Nullable String name, TypeRef<T> type,
			CallbackOptions options) {
		OperationRef callback = next(name, OperationSubType.CALLBACK, "createCallback");
		return new CallbackOperation<>(this.runtime, callback, type, options).execute();
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> invokeAsync(@Nullable String name, String function,
			@Nullable Object input, TypeRef<T> type, InvokeOptions options) {
		OperationRef invoke = next(name, OperationSubType.CHAINED_INVOKE, "invoke");
		return new InvokeOperation<>(this.runtime, invoke, type, options).execute(function, input);
	}

	@Override
	public <T extends @Nullable Object, E extends Exception> T runInChildContext(@Nullable String name, TypeRef<T> type,
			ChildContextOptions options, ChildBody<T, E> body) throws E {
		OperationRef child = next(name, OperationSubType.RUN_IN_CHILD_CONTEXT, "runInChildContext");
		return child(child, type, options.codec()).execute(body);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> runInChildContextAsync(@Nullable String name, TypeRef<T> type,
			ChildContextOptions options, ChildBody<T, ?> body) {
		OperationRef child = next(name, OperationSubType.RUN_IN_CHILD_CONTEXT, "runInChildContextAsync");
		ChildContextOperation<T> operation = child(child, type, options.codec());
		return branch(child, () -> operation.execute(body));
	}

	private <T extends @Nullable Object> ChildContextOperation<T> child(OperationRef child, TypeRef<T> type,
			@Nullable ValueCodec<?> codec) {
		return new ChildContextOperation<>(this.runtime, this::runChild, child, type, codec);
	}

	private <T extends @Nullable Object> DurableFuture<T> branch(OperationRef operation, Callable<T> task) {
		return Branch.start(this.runtime.threads(), operation, task);
	}

	@Override
	public <T extends @Nullable Object> T waitForCallback(@Nullable String name, TypeRef<T> type,
			WaitForCallbackOptions options, CallbackSubmitter<?> submitter) {
		WaitForCallback<T> body = new WaitForCallback<>(name, type, options, submitter);
		OperationRef context = next(name, OperationSubType.WAIT_FOR_CALLBACK, "waitForCallback");
		return child(context, type, options.callback().codec()).executeUnchecked(body);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> waitForCallbackAsync(@Nullable String name, TypeRef<T> type,
			WaitForCallbackOptions options, CallbackSubmitter<?> submitter) {
		WaitForCallback<T> body = new WaitForCallback<>(name, type, options, submitter);
		OperationRef context = next(name, OperationSubType.WAIT_FOR_CALLBACK, "waitForCallbackAsync");
		ChildContextOperation<T> operation = child(context, type, options.callback().codec());
		return branch(context, () -> operation.executeUnchecked(body));
	}

	@Override
	public <T extends @Nullable Object, E extends Exception> T waitForCondition(@Nullable String name, TypeRef<T> type,
			ConditionOptions<T> options, ConditionCheck<T, E> check) throws E {
		OperationRef condition = next(name, OperationSubType.WAIT_FOR_CONDITION, "waitForCondition");
		return new ConditionOperation<>(this.runtime, condition, type, options).execute(check);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> waitForConditionAsync(@Nullable String name, TypeRef<T> type,
			ConditionOptions<T> options, ConditionCheck<T, ?> check) {
		OperationRef condition = next(name, OperationSubType.WAIT_FOR_CONDITION, "waitForConditionAsync");
		ConditionOperation<T> operation = new ConditionOperation<>(this.runtime, condition, type, options);
		return branch(condition, () -> operation.execute(check));
	}

	@Override
	public <I extends @Nullable Object, T extends @Nullable Object> BatchResult<T> map(@Nullable String name,
			List<? extends I> items, TypeRef<T> type, BatchOptions options, MapFunction<? super I, T, ?> function) {
		List<ParallelBranch<T>> branches = Iterations.of(items, options.itemNamer(), function);
		OperationRef map = next(name, OperationSubType.MAP, "map");
		return batch(map, type, options).execute(OperationSubType.MAP_ITERATION, branches);
	}

	@Override
	public <I extends @Nullable Object, T extends @Nullable Object> DurableFuture<BatchResult<T>> mapAsync(
			@Nullable String name, List<? extends I> items, TypeRef<T> type, BatchOptions options,
			MapFunction<? super I, T, ?> function) {
		List<ParallelBranch<T>> branches = Iterations.of(items, options.itemNamer(), function);
		OperationRef map = next(name, OperationSubType.MAP, "mapAsync");
		BatchOperation<T> operation = batch(map, type, options);
		return branch(map, () -> operation.execute(OperationSubType.MAP_ITERATION, branches));
	}

	@Override
	public <T extends @Nullable Object> BatchResult<T> parallel(@Nullable String name, List<ParallelBranch<T>> branches,
			TypeRef<T> type, BatchOptions options) {
		OperationRef parallel = next(name, OperationSubType.PARALLEL, "parallel");
		return batch(parallel, type, options).execute(OperationSubType.PARALLEL_BRANCH, List.copyOf(branches));
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<BatchResult<T>> parallelAsync(@Nullable String name,
			List<ParallelBranch<T>> branches, TypeRef<T> type, BatchOptions options) {
		List<ParallelBranch<T>> copy = List.copyOf(branches);
		OperationRef parallel = next(name, OperationSubType.PARALLEL, "parallelAsync");
		BatchOperation<T> operation = batch(parallel, type, options);
		return branch(parallel, () -> operation.execute(OperationSubType.PARALLEL_BRANCH, copy));
	}

	private <T extends @Nullable Object> BatchOperation<T> batch(OperationRef batch, TypeRef<T> type,
			BatchOptions options) {
		return new BatchOperation<>(this.runtime, this::runChild, batch, type, options);
	}

	@Override
	public <T extends @Nullable Object, E extends Exception> T withRetry(@Nullable String name, RetryStrategy retry,
			RetriedBody<T, E> body) throws E {
		return retried(next(name, OperationSubType.WITH_RETRY, "withRetry"), retry).execute(body);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> withRetryAsync(@Nullable String name, RetryStrategy retry,
			RetriedBody<T, ?> body) {
		OperationRef retried = next(name, OperationSubType.WITH_RETRY, "withRetryAsync");
		RetriedOperations operations = retried(retried, retry);
		return Branch.startUnrecorded(this.runtime.threads(), retried.toString(), () -> operations.execute(body));
	}

	private RetriedOperations retried(OperationRef retried, RetryStrategy retry) {
		return new RetriedOperations(this.runtime, this::runChild, retried, retry);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> anyOf(@Nullable String name,
			List<? extends DurableFuture<? extends T>> futures) {
		FirstEnded<T> first = new FirstEnded<>(this.runtime, futures);
		// Its id is taken on every host, also where no step has to record the winner.
		return first.await(next((name != null) ? name + "-winner" : null, OperationSubType.STEP, "anyOf"));
	}

	@Override
	public Instant now() {
		return value("now", Instant.class).execute(() -> this.runtime.journal().now().truncatedTo(ChronoUnit.MILLIS));
	}

	@Override
	public UUID randomUUID() {
		return value("randomUUID", UUID.class).execute(UUID::randomUUID);
	}

	@Override
	public double random() {
		return value("random", Double.class).execute(() -> ThreadLocalRandom.current().nextDouble());
	}

	private <T> ValueOperation<T> value(String name, Class<T> type) {
		return new ValueOperation<>(this.runtime, next(name, OperationSubType.STEP, name), type);
	}

	@Override
	public Logger logger() {
		return this.logger;
	}

}
