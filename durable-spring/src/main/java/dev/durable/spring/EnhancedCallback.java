package dev.durable.spring;

import java.lang.reflect.Method;

import dev.durable.spring.DurableSpecs.BeanSpecs;
import dev.durable.spring.MethodBody.BodyListener;
import org.jspecify.annotations.Nullable;

import org.springframework.cglib.proxy.MethodInterceptor;
import org.springframework.cglib.proxy.MethodProxy;

/**
 * Intercepts the durable methods of one enhanced object, calls on {@code this} included.
 * Thread-safe.
 */
final class EnhancedCallback implements MethodInterceptor {

	private final GeneratedClass generated;

	private final BeanSpecs specs;

	private final DurableInterceptor interceptor;

	private volatile @Nullable RemainingAdvice advice;

	EnhancedCallback(GeneratedClass generated, BeanSpecs specs, DurableInterceptor interceptor) {
		this.generated = generated;
		this.specs = specs;
		this.interceptor = interceptor;
	}

	/** Take note of the proxy in front, whose other advice self-calls run too. */
	void proxied(RemainingAdvice advice) {
		this.advice = advice;
	}

	@Override
	public @Nullable Object intercept(Object target, Method method, @Nullable Object[] arguments, MethodProxy unused)
			throws Throwable {
		DurableMethod durable = this.specs.find(method);
		if (durable == null) {
			return this.generated.runBody(method, target, arguments);
		}
		CallFrame frame = CallFrame.announced(target, durable.key());
		if (frame != null) {
			return frame.runBody((listener) -> runBody(method, target, arguments, listener));
		}
		RemainingAdvice remaining = this.advice;
		if (remaining == null) {
			return this.interceptor.intercept(durable, arguments,
					(listener) -> runBody(method, target, arguments, listener));
		}
		return this.interceptor.intercept(durable, arguments, (listener) -> remaining.run(target, method, arguments,
				(advised) -> runBody(method, target, advised, listener)));
	}

	private @Nullable Object runBody(Method method, Object target, @Nullable Object[] arguments, BodyListener listener)
			throws Throwable {
		Object result = this.generated.runBody(method, target, arguments);
		listener.returned(result);
		return result;
	}

}
