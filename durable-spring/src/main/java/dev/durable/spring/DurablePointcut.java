package dev.durable.spring;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.StaticMethodMatcherPointcut;

/** Matches the durable methods of one class. */
final class DurablePointcut extends StaticMethodMatcherPointcut {

	private final DurableMethods methods;

	DurablePointcut(DurableMethods methods) {
		this.methods = methods;
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return this.methods.find(method) != null;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof DurablePointcut that && this.methods == that.methods;
	}

	@Override
	public int hashCode() {
		return this.methods.hashCode();
	}

}
