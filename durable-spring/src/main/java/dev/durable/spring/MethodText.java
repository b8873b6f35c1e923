package dev.durable.spring;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Methods as error messages name them. */
final class MethodText {

	private MethodText() {
	}

	static String of(Method method) {
		return of(method.getDeclaringClass(), method);
	}

	static String of(Class<?> beanClass, Method method) {
		return Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", "%s.%s(".formatted(simpleName(beanClass), method.getName()), ")"));
	}

	static String annotationOf(Method method) {
		return DurableMethods.isStep(method) ? "@DurableStep" : "@DurableFunction";
	}

	private static String simpleName(Class<?> type) {
		String name = type.getName();
		return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
	}

}
