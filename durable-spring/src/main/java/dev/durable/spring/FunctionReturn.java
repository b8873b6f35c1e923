package dev.durable.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import dev.durable.DurableFuture;

import org.springframework.core.ReactiveAdapterRegistry;

/**
 * How a function's method gives its result to callers.
 *
 * @param kind what the method returns
 * @param resultType the type of the result itself
 */
record FunctionReturn(Kind kind, Type resultType) {

	enum Kind {

		/** The result; the caller waits for it. */
		VALUE,

		/** A {@link DurableFuture} of the result. */
		DURABLE_FUTURE,

		/** A {@link CompletableFuture} of the result. */
		COMPLETABLE_FUTURE

	}

	static FunctionReturn of(Method method, Class<?> beanClass) {
		Class<?> raw = method.getReturnType();
		Type type = MethodTypes.result(method, beanClass);
		if (raw == DurableFuture.class) {
			return new FunctionReturn(Kind.DURABLE_FUTURE, argumentOf(type));
		}
		if (raw == CompletableFuture.class) {
			return new FunctionReturn(Kind.COMPLETABLE_FUTURE, argumentOf(type));
		}
		if (isAsynchronous(raw)) {
			throw new IllegalArgumentException(
					"the return type must be a value, void, DurableFuture or CompletableFuture but was '%s'"
						.formatted(type.getTypeName()));
		}
		return new FunctionReturn(Kind.VALUE, MethodTypes.boxed(type));
	}

	/** Return whether a type stands for a result that comes later. */
	static boolean isAsynchronous(Class<?> type) {
		return DurableFuture.class.isAssignableFrom(type) || Future.class.isAssignableFrom(type)
				|| CompletionStage.class.isAssignableFrom(type)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

	private static Type argumentOf(Type type) {
		Type argument = MethodTypes.argument(type);
		if (argument == null) {
			throw new IllegalArgumentException(
					"the return type must name its result, as in '%1$s<Receipt>', but was the raw '%1$s'"
						.formatted(type.getTypeName()));
		}
		return argument;
	}

}
