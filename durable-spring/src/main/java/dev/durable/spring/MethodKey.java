package dev.durable.spring;

import java.lang.reflect.Method;
import java.util.List;

/**
 * What identifies a method among those of one class and its parents, whichever of them
 * declares it.
 */
record MethodKey(String name, Class<?> returnType, List<Class<?>> parameterTypes) {

	static MethodKey of(Method method) {
		return new MethodKey(method.getName(), method.getReturnType(), List.of(method.getParameterTypes()));
	}

}
