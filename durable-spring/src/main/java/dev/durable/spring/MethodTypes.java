package dev.durable.spring;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

import dev.durable.codec.ArgumentsType;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.util.ClassUtils;

/** The generic types of a method as seen from the class of its bean. */
final class MethodTypes {

	private MethodTypes() {
	}

	static Type result(Method method, Class<?> beanClass) {
		return GenericTypeResolver.resolveType(method.getGenericReturnType(), beanClass);
	}

	/** Return the type of the input that holds the arguments. */
	static Type input(Method method, Class<?> beanClass) {
		List<Type> parameters = Arrays.stream(method.getGenericParameterTypes())
			.map((type) -> GenericTypeResolver.resolveType(type, beanClass))
			.map(MethodTypes::boxed)
			.toList();
		return switch (parameters.size()) {
			case 0 -> Void.class;
			case 1 -> parameters.get(0);
			default -> new ArgumentsType(parameters);
		};
	}

	/** Return the input that holds the arguments. */
	static @Nullable Object input(@Nullable Object[] arguments) {
		return switch (arguments.length) {
			case 0 -> null;
			case 1 -> arguments[0];
			default -> arguments.clone();
		};
	}

	/** Return the arguments that an input holds. */
	static @Nullable Object[] arguments(Method method, @Nullable Object input) {
		return switch (method.getParameterCount()) {
			case 0 -> new @Nullable Object[0];
			case 1 -> new @Nullable Object[] { input };
			default -> (input instanceof @Nullable Object[] arguments) ? arguments
					: new @Nullable Object[method.getParameterCount()];
		};
	}

	/** Results are decoded as objects, so primitives and void become their classes. */
	static Type boxed(Type type) {
		if (type == void.class) {
			return Void.class;
		}
		return (type instanceof Class<?> raw) ? ClassUtils.resolvePrimitiveIfNecessary(raw) : type;
	}

	/** Return the only type argument of a type. */
	static @Nullable Type argument(Type type) {
		return (type instanceof ParameterizedType parameterized && parameterized.getActualTypeArguments().length == 1)
				? parameterized.getActualTypeArguments()[0] : null;
	}

}
