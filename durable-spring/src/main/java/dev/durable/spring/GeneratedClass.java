package dev.durable.spring;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.cglib.proxy.MethodInterceptor;

/**
 * Reaches into a generated class without calling its methods, which spies would record.
 * Thread-safe.
 */
final class GeneratedClass {

	private static final MethodType CALL = MethodType.methodType(Object.class, Object.class, Object[].class);

	private static final ClassValue<GeneratedClass> CACHE = new ClassValue<>() {
		@Override
		protected GeneratedClass computeValue(Class<?> type) {
			return new GeneratedClass(type);
		}
	};

	private final Class<?> type;

	private final MethodHandles.Lookup lookup;

	private final VarHandle callback;

	private final Map<Method, MethodHandle> bodies = new ConcurrentHashMap<>();

	private GeneratedClass(Class<?> type) {
		try {
			this.type = type;
			this.lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
			this.callback = this.lookup.findVarHandle(type, "CGLIB$CALLBACK_" + DurableCallbackFilter.INTERCEPT,
					MethodInterceptor.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Cannot reach into generated class '%s'".formatted(type.getName()), ex);
		}
	}

	/**
	 * Return the generated class that an object is an instance of, itself or through
	 * further generated subclasses, but not through a proxy that merely shows the marker.
	 */
	static @Nullable GeneratedClass of(Object object) {
		if (!(object instanceof DurableEnhanced)) {
			return null;
		}
		Class<?> type = object.getClass();
		while (type != null && !isGenerated(type)) {
			type = type.getSuperclass();
		}
		return (type != null) ? CACHE.get(type) : null;
	}

	static boolean isGenerated(Class<?> type) {
		return type.getName().contains(DurableNamingPolicy.TAG)
				&& Arrays.asList(type.getInterfaces()).contains(DurableEnhanced.class);
	}

	void setCallback(Object object, MethodInterceptor value) {
		this.callback.set(object, value);
	}

	@Nullable MethodInterceptor callback(Object object) {
		return (MethodInterceptor) this.callback.get(object);
	}

	/** Run the user's own method. */
	@Nullable Object runBody(Method method, Object target, @Nullable Object[] arguments) throws Throwable {
		MethodHandle body = this.bodies.get(method);
		if (body == null) {
			body = this.bodies.computeIfAbsent(method, this::superMethod);
		}
		return (Object) body.invokeExact(target, arguments);
	}

	private MethodHandle superMethod(Method method) {
		try {
			MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
			return this.lookup.findSpecial(this.type.getSuperclass(), method.getName(), type, this.type)
				.asFixedArity()
				.asSpreader(Object[].class, method.getParameterCount())
				.asType(CALL);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Cannot reach %s from its generated class".formatted(method), ex);
		}
	}

}
