package dev.durable.embedded;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import dev.durable.DurableFunction;
import dev.durable.TypedFunctionStart.FunctionCall;
import org.jspecify.annotations.Nullable;

/** Records calls on interfaces, which needs nothing but the JDK. */
final class InterfaceCalls implements TypedCalls {

	@Override
	public <B> RecordedCall record(Class<B> type, FunctionCall<B, ?> call) {
		if (!type.isInterface()) {
			throw new IllegalArgumentException(
					"'type' must be an interface without durable-spring but was class %s".formatted(type.getName()));
		}
		Recording recording = new Recording();
		Object standIn = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> recording.record(method, arguments));
		try {
			call.on(type.cast(standIn));
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalArgumentException("'call' must do nothing but call one durable function", ex);
		}
		return recording.result(type);
	}

	/** What was called; one thread. */
	private static final class Recording {

		private @Nullable RecordedCall recorded;

		@Nullable Object record(Method method, @Nullable Object @Nullable [] arguments) {
			DurableFunction function = method.getAnnotation(DurableFunction.class);
			if (function == null || this.recorded != null
					|| method.getReturnType().isPrimitive() && method.getReturnType() != void.class) {
				throw new IllegalArgumentException(
						"'call' must call exactly one @DurableFunction, with no primitive result, but called %s"
							.formatted(method));
			}
			String name = function.name().isEmpty()
					? method.getDeclaringClass().getSimpleName() + "-" + method.getName() : function.name();
			Object input = (arguments == null || arguments.length == 0) ? null
					: (arguments.length == 1) ? arguments[0] : arguments;
			this.recorded = new RecordedCall(name, null, input);
			return null;
		}

		RecordedCall result(Class<?> type) {
			if (this.recorded == null) {
				throw new IllegalArgumentException(
						"'call' must call one @DurableFunction of %s but called none".formatted(type.getName()));
			}
			return this.recorded;
		}

	}

}
