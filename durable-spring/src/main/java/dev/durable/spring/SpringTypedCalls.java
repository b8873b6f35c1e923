package dev.durable.spring;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

import dev.durable.TypedFunctionStart.FunctionCall;
import dev.durable.embedded.TypedCalls;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.target.EmptyTargetSource;

/**
 * Records calls on stand-ins of bean classes and of the interfaces that beans implement.
 * Thread-safe.
 */
public final class SpringTypedCalls implements TypedCalls {

	private final DurableFunctions functions;

	/**
	 * Create the recorder of calls.
	 * @param functions the functions that can be called
	 */
	public SpringTypedCalls(DurableFunctions functions) {
		this.functions = functions;
	}

	@Override
	public <B> RecordedCall record(Class<B> type, FunctionCall<B, ?> call) {
		List<DurableFunctionSpec> candidates = this.functions.of(type);
		if (candidates.isEmpty()) {
			throw new IllegalArgumentException(
					"'%s' must be a type of a bean with @DurableFunction methods, but no bean of that type has any"
						.formatted(type.getName()));
		}
		List<RecordedCall> calls = new ArrayList<>();
		B standIn = standIn(type, (method, arguments) -> {
			calls.add(recorded(type, method, arguments, candidates));
			if (calls.size() > 1) {
				throw new NotOneCallException(
						"The call must be of exactly one @DurableFunction method of %s but was of several: '%s' and '%s'. Start one execution for each"
							.formatted(type.getSimpleName(), calls.get(0).function(), calls.get(1).function()));
			}
		});
		run(type, call, standIn);
		if (calls.isEmpty()) {
			throw new IllegalArgumentException(
					"The call must be of exactly one @DurableFunction method of %s but was of none. Call it on the lambda's parameter, as in 'start((flow) -> flow.process(order))'; final methods cannot be called there"
						.formatted(type.getSimpleName()));
		}
		return calls.get(0);
	}

	private static <B> void run(Class<B> type, FunctionCall<B, ?> call, B standIn) {
		try {
			call.on(standIn);
		}
		catch (NotOneCallException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
		catch (Exception ex) {
			throw new IllegalArgumentException(
					"The call must only call a @DurableFunction method of %s, on a stand-in that returns nothing, but it failed with %s. Prepare the arguments before it, and take the result from the handle"
						.formatted(type.getSimpleName(), ex.getClass().getName()),
					ex);
		}
	}

	private static RecordedCall recorded(Class<?> type, Method method, @Nullable Object[] arguments,
			List<DurableFunctionSpec> candidates) {
		List<DurableFunctionSpec> called = candidates.stream().filter((spec) -> isCall(method, spec)).toList();
		if (called.size() == 1) {
			DurableFunctionSpec spec = called.get(0);
			return new RecordedCall(spec.name(), spec.executionName(arguments), MethodTypes.input(arguments));
		}
		throw new NotOneCallException(called.isEmpty()
				? "The call must be of exactly one @DurableFunction method of %s but was of '%s', which is not one"
					.formatted(type.getSimpleName(), method.getName())
				: "The call of '%s' must be of one function but several beans have it: %s. Start it by its name with DurableClient.function(\"…\")"
					.formatted(MethodText.of(method), called.stream().map(DurableFunctionSpec::id).toList()));
	}

	private static boolean isCall(Method method, DurableFunctionSpec spec) {
		Method specific = AopUtils.getMostSpecificMethod(method, spec.beanClass());
		return MethodKey.of(specific).equals(spec.key());
	}

	private static <B> B standIn(Class<B> type, Recorder recorder) {
		ProxyFactory factory = new ProxyFactory();
		if (type.isInterface()) {
			factory.addInterface(type);
		}
		else {
			factory.setProxyTargetClass(true);
		}
		factory.setTargetSource(EmptyTargetSource.forClass(type));
		factory.addAdvice((org.aopalliance.intercept.MethodInterceptor) (invocation) -> {
			recorder.called(invocation.getMethod(), invocation.getArguments());
			return nothing(invocation.getMethod().getReturnType());
		});
		return type.cast(factory.getProxy(type.getClassLoader()));
	}

	private static @Nullable Object nothing(Class<?> type) {
		return (type.isPrimitive() && type != void.class) ? Array.get(Array.newInstance(type, 1), 0) : null;
	}

	@FunctionalInterface
	private interface Recorder {

		void called(Method method, @Nullable Object[] arguments);

	}

	private static final class NotOneCallException extends RuntimeException {

		NotOneCallException(String message) {
			super(message);
		}

	}

}
