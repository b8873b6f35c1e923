package dev.durable.spring;

import dev.durable.spring.DurableSpecs.BeanSpecs;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;

/** The durable interception of calls that come through a proxy. Thread-safe. */
final class DurableFrontAdvice implements MethodInterceptor {

	private final Object target;

	private final BeanSpecs specs;

	private final DurableInterceptor interceptor;

	/**
	 * Create the advice.
	 * @param target the object behind all proxies
	 * @param specs its durable methods
	 * @param interceptor intercepts their calls
	 */
	DurableFrontAdvice(Object target, BeanSpecs specs, DurableInterceptor interceptor) {
		this.target = target;
		this.specs = specs;
		this.interceptor = interceptor;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		DurableMethod durable = this.specs.find(invocation.getMethod());
		if (durable == null) {
			return invocation.proceed();
		}
		return this.interceptor.intercept(durable, invocation.getArguments(), (listener) -> {
			// A copy for each attempt: an invocation can only be walked once
			MethodInvocation attempt = ((ProxyMethodInvocation) invocation).invocableClone();
			CallFrame frame = CallFrame.push(this.target, durable.key(), listener);
			try {
				return attempt.proceed();
			}
			finally {
				frame.pop();
			}
		});
	}

}
