package dev.durable.spring;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;

import dev.durable.DurableClient;
import dev.durable.ExecutionHandle;
import dev.durable.FunctionStart;
import org.jspecify.annotations.Nullable;

/** A client that logs starts and whose executions end as told. */
final class FakeClient {

	private volatile @Nullable Object result;

	void result(Object result) {
		this.result = result;
	}

	DurableClient client() {
		return proxy(DurableClient.class, (proxy, method, arguments) -> start((String) arguments[0], null));
	}

	private FunctionStart start(String function, @Nullable String name) {
		return proxy(FunctionStart.class, (proxy, method, arguments) -> {
			if (method.getName().equals("named")) {
				return start(function, (String) arguments[0]);
			}
			Object input = arguments[0];
			CallLog.add("start:%s:%s:%s".formatted(function, name,
					(input instanceof Object[] several) ? Arrays.toString(several) : input));
			return handle();
		});
	}

	private ExecutionHandle<?> handle() {
		return proxy(ExecutionHandle.class, (proxy, method, arguments) -> {
			CallLog.add("result:" + arguments[0]);
			Object result = this.result;
			if (result instanceof RuntimeException failure) {
				throw failure;
			}
			return result;
		});
	}

	private static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

}
