package dev.durable.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

import dev.durable.DurableFuture;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ReactiveAdapterRegistry;

/**
 * How a durable method gives its result to callers.
 *
 * @param kind what the method returns
 * @param resultType the type of the result itself
 */
record MethodReturn(Kind kind, Type resultType) {

	enum Kind {

		/** The result; the caller waits for it. */
		VALUE,

		/** A {@link DurableFuture} of the result. */
		DURABLE_FUTURE,

		/**
		 * A {@link CompletableFuture} of the result, perhaps declared as a
		 * {@link CompletionStage} or {@link Future}.
		 */
		COMPLETABLE_FUTURE

	}

	static MethodReturn of(Method method, Class<?> beanClass) {
		Class<?> raw = method.getReturnType();
		Type type = MethodTypes.result(method, beanClass);
		if (raw == DurableFuture.class) {
			return new MethodReturn(Kind.DURABLE_FUTURE, argumentOf(type));
		}
		if (raw == CompletableFuture.class || raw == CompletionStage.class || raw == Future.class) {
			return new MethodReturn(Kind.COMPLETABLE_FUTURE, argumentOf(type));
		}
		if (isAsynchronous(raw)) {
			throw new IllegalArgumentException(
					"the return type must be a value, void, DurableFuture, CompletableFuture, CompletionStage or Future but was '%s'"
						.formatted(type.getTypeName()));
		}
		return new MethodReturn(Kind.VALUE, MethodTypes.boxed(type));
	}

	/** Return whether a type stands for a result that comes later. */
	private static boolean isAsynchronous(Class<?> type) {
		return DurableFuture.class.isAssignableFrom(type) || Future.class.isAssignableFrom(type)
				|| CompletionStage.class.isAssignableFrom(type) || Flow.Publisher.class.isAssignableFrom(type)
				|| (!isPlain(type) && ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null);
	}

	/**
	 * Return whether a type cannot be reactive, as most cannot. The registry loads the
	 * whole of Reactor, which a cold start on Lambda notices.
	 */
	private static boolean isPlain(@Nullable Class<?> type) {
		return type == null || type.isPrimitive() || type.isArray() || type.isRecord() || type.isEnum()
				|| type.getName().startsWith("java.") || (!type.isInterface() && isPlain(type.getSuperclass())
						&& Arrays.stream(type.getInterfaces()).allMatch(MethodReturn::isPlain));
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

	/**
	 * Return the result of a method that has returned, and wait for it if need be.
	 * @throws Exception the failure of the future, unwrapped
	 */
	static @Nullable Object result(@Nullable Object returned) throws Exception {
		if (returned instanceof DurableFuture<?> future) {
			return future.get();
		}
		if (returned instanceof CompletionStage<?> stage) {
			// Not every stage that is a Future can be waited for as one
			return await(stage.toCompletableFuture());
		}
		return (returned instanceof Future<?> future) ? await(future) : returned;
	}

	private static @Nullable Object await(Future<?> future) throws Exception {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

}
