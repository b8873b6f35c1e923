package dev.durable.spring;

import java.lang.reflect.Method;

import org.springframework.cglib.proxy.CallbackFilter;

/**
 * Chooses the methods that a generated class overrides. Depends on the class alone, so
 * that all contexts on one class loader share the generated class.
 */
record DurableCallbackFilter(Class<?> userClass) implements CallbackFilter {

	static final int INTERCEPT = 0;

	static final int LEAVE = 1;

	@Override
	public int accept(Method method) {
		return DurableMethods.of(this.userClass).overrides(method) ? INTERCEPT : LEAVE;
	}

}
