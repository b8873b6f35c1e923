package dev.durable.spring;

import java.lang.reflect.Method;

/** What an annotated method of a bean's class means, read once. */
sealed interface DurableMethod permits DurableStepSpec, DurableFunctionSpec {

	/**
	 * Return the user's class, never a generated one.
	 */
	Class<?> beanClass();

	Method method();

	/**
	 * Return the name that is recorded.
	 */
	String name();

	default MethodKey key() {
		return MethodKey.of(method());
	}

}
