package dev.durable.spring;

import dev.durable.spring.DurableSpecs.BeanSpecs;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Sees what the user's code returned, next to an object that does not intercept itself.
 * Thread-safe.
 */
record DurableLastAdvice(Object target, BeanSpecs specs) implements MethodInterceptor {

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		DurableMethod durable = this.specs.find(invocation.getMethod());
		CallFrame frame = (durable != null) ? CallFrame.announced(this.target, durable.key()) : null;
		if (frame == null) {
			return invocation.proceed();
		}
		return frame.runBody((listener) -> {
			Object result = invocation.proceed();
			listener.returned(result);
			return result;
		});
	}

}
