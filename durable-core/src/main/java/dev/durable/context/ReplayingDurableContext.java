package dev.durable.context;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

import dev.durable.CallbackOptions;
import dev.durable.ChildBody;
import dev.durable.DurableCallback;
import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import dev.durable.ExecutionId;
import dev.durable.IllegalDurableCallException;
import dev.durable.InvokeOptions;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationSubType;
import dev.durable.StepBody;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import dev.durable.operation.Branch;
import dev.durable.operation.CallbackOperation;
import dev.durable.operation.ChildContextOperation;
import dev.durable.operation.InvokeOperation;
import dev.durable.operation.OperationRuntime;
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

	private final @Nullable OperationRef self;

	private final OperationIds ids;

	private final Logger logger;

	private ReplayingDurableContext(OperationRuntime runtime, @Nullable OperationRef self) {
		this.runtime = runtime;
		this.self = self;
		this.ids = new OperationIds((self != null) ? self.id() : null);
		this.logger = new QuietLogger(runtime.logger(), this::isReplaying);
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
				.checkClosing((this.self != null) ? this.self.toString() : "the function", this.ids.upcoming());
		}
	}

	private <T extends @Nullable Object> T runChild(OperationRef child, ChildBody<T, ?> body) throws Exception {
		return run(new ReplayingDurableContext(this.runtime, child), body);
	}

	private boolean isReplaying() {
		return this.runtime.journal().state(this.ids.upcoming()) != null;
	}

	private OperationRef next(@Nullable String name, OperationSubType subType, String call) {
		check(call);
		OperationId parent = (this.self != null) ? this.self.id() : null;
		return new OperationRef(this.ids.next(), parent, name, subType);
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
		return new CallbackOperation<>(this.runtime, callback, type).execute(options);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> invokeAsync(@Nullable String name, String function,
			@Nullable Object input, TypeRef<T> type, InvokeOptions options) {
		OperationRef invoke = next(name, OperationSubType.CHAINED_INVOKE, "invoke");
		return new InvokeOperation<>(this.runtime, invoke, type).execute(function, input, options);
	}

	@Override
	public <T extends @Nullable Object, E extends Exception> T runInChildContext(@Nullable String name, TypeRef<T> type,
			ChildBody<T, E> body) throws E {
		OperationRef child = next(name, OperationSubType.RUN_IN_CHILD_CONTEXT, "runInChildContext");
		return child(child, type).execute(body);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> runInChildContextAsync(@Nullable String name, TypeRef<T> type,
			ChildBody<T, ?> body) {
		OperationRef child = next(name, OperationSubType.RUN_IN_CHILD_CONTEXT, "runInChildContextAsync");
		ChildContextOperation<T> operation = child(child, type);
		return branch(child, () -> operation.execute(body));
	}

	private <T extends @Nullable Object> ChildContextOperation<T> child(OperationRef child, TypeRef<T> type) {
		return new ChildContextOperation<>(this.runtime, this::runChild, child, type);
	}

	private <T extends @Nullable Object> DurableFuture<T> branch(OperationRef operation, Callable<T> task) {
		return Branch.start(this.runtime.threads(), operation.toString(), task);
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
