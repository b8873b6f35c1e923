package dev.durable.spring;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

import dev.durable.DurableContext;
import dev.durable.DurableFuture;
import dev.durable.StepBody;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * An execution that logs its steps as {@code D:name … /D:name} and runs them once for
 * each name that has no recorded result.
 */
final class FakeExecution implements ExecutionAccess {

	private final ThreadLocal<Boolean> running = ThreadLocal.withInitial(() -> false);

	private final ThreadLocal<Boolean> inStep = ThreadLocal.withInitial(() -> false);

	private final Map<String, Object> recorded = new HashMap<>();

	private final Map<String, TypeRef<?>> types = new HashMap<>();

	private final Map<String, StepOptions> options = new HashMap<>();

	private String prefix = "";

	private int attempts = 1;

	private @Nullable Object returned;

	private final DurableContext context = (DurableContext) Proxy.newProxyInstance(getClass().getClassLoader(),
			new Class<?>[] { DurableContext.class }, (proxy, method, arguments) -> {
				if (method.getName().equals("step") && arguments.length == 4) {
					return step((String) arguments[0], (TypeRef<?>) arguments[1], (StepOptions) arguments[2],
							(StepBody<?, ?>) arguments[3]);
				}
				if (method.getName().equals("stepAsync") && arguments.length == 4) {
					return stepAsync((String) arguments[0], (TypeRef<?>) arguments[1], (StepOptions) arguments[2],
							(StepBody<?, ?>) arguments[3]);
				}
				if (method.getName().equals("invokeAsync")) {
					CallLog.add("I:%s:%s:%s".formatted(arguments[0], arguments[1], text(arguments[2])));
					this.types.put((String) arguments[1], (TypeRef<?>) arguments[3]);
					return new Invoked(this.recorded.get((String) arguments[1]));
				}
				try {
					return method.invoke(this, arguments);
				}
				catch (InvocationTargetException ex) {
					throw ex.getTargetException();
				}
			});

	FakeExecution named(String name) {
		this.prefix = name;
		return this;
	}

	/** Run failing bodies this often, as an engine that retries in place does. */
	FakeExecution attempts(int attempts) {
		this.attempts = attempts;
		return this;
	}

	FakeExecution recorded(String name, Object result) {
		this.recorded.put(name, result);
		return this;
	}

	TypeRef<?> type(String name) {
		return this.types.get(name);
	}

	StepOptions options(String name) {
		return this.options.get(name);
	}

	/** Run code as a function of this execution. */
	<T extends @Nullable Object> T run(Callable<T> code) throws Exception {
		this.running.set(true);
		try {
			return code.call();
		}
		finally {
			this.running.remove();
		}
	}

	@Override
	public @Nullable DurableContext context() {
		return (this.running.get() && !this.inStep.get()) ? this.context : null;
	}

	@Override
	public boolean inStep() {
		return this.inStep.get();
	}

	@Override
	public void stepReturned(@Nullable Object result) {
		this.returned = result;
		CallLog.add("R" + Transactions.suffix());
	}

	@Nullable Object returned() {
		return this.returned;
	}

	/** Operations have ended when their futures are handed out. */
	@Override
	public <T extends @Nullable Object> void whenEnded(DurableFuture<T> future,
			BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
		T result;
		try {
			result = future.get();
		}
		catch (RuntimeException ex) {
			action.accept(null, ex);
			return;
		}
		action.accept(result, null);
	}

	private DurableFuture<@Nullable Object> stepAsync(String name, TypeRef<?> type, StepOptions stepOptions,
			StepBody<?, ?> body) throws Exception {
		CallLog.add("A");
		return DurableFuture.completed(step(name, type, stepOptions, body));
	}

	private @Nullable Object step(String name, TypeRef<?> type, StepOptions stepOptions, StepBody<?, ?> body)
			throws Exception {
		this.types.put(name, type);
		this.options.put(name, stepOptions);
		CallLog.add("D:" + this.prefix + name + Transactions.suffix());
		try {
			return this.recorded.containsKey(name) ? this.recorded.get(name) : attempt(body);
		}
		finally {
			CallLog.add("/D:" + this.prefix + name);
		}
	}

	private @Nullable Object attempt(StepBody<?, ?> body) throws Exception {
		for (int attempt = 1;; attempt++) {
			this.inStep.set(true);
			try {
				return body.run(null);
			}
			catch (Exception ex) {
				if (attempt == this.attempts) {
					throw ex;
				}
			}
			finally {
				this.inStep.remove();
			}
		}
	}

	private static String text(@Nullable Object input) {
		return (input instanceof Object[] several) ? java.util.Arrays.toString(several) : String.valueOf(input);
	}

	private record Invoked(@Nullable Object result) implements DurableFuture<@Nullable Object> {

		@Override
		public @Nullable Object get() {
			if (this.result instanceof RuntimeException failure) {
				throw failure;
			}
			return this.result;
		}

		@Override
		public boolean isDone() {
			return true;
		}

	}

}
