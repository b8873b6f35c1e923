package dev.durable.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;

import dev.durable.DurableFunction;
import dev.durable.FunctionVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;

/** A {@link DurableFunction} method. */
record DurableFunctionSpec(Class<?> beanClass, Method method, FunctionVersion id, Type inputType, MethodReturn returned,
		ExecutionTimes times, @Nullable IdempotencyKey idempotencyKey) implements DurableMethod {

	static DurableFunctionSpec read(Class<?> beanClass, Method method, AttributeText text, DurableOverrides overrides) {
		DurableFunction annotation = AnnotatedElementUtils.findMergedAnnotation(method, DurableFunction.class);
		if (annotation == null) {
			throw new IllegalArgumentException("'%s' must be annotated with @DurableFunction".formatted(method));
		}
		String name = annotation.name().isEmpty() ? beanClass.getSimpleName() + "-" + method.getName()
				: annotation.name();
		FunctionVersion id = new FunctionVersion(name, annotation.version());
		FunctionOverride override = overrides.function(name).orElse(FunctionOverride.NONE);
		String key = (override.idempotencyKey() != null) ? override.idempotencyKey() : annotation.idempotencyKey();
		return new DurableFunctionSpec(beanClass, method, id, MethodTypes.input(method, beanClass),
				MethodReturn.of(method, beanClass), ExecutionTimes.read(annotation, text, override),
				key.isBlank() ? null : IdempotencyKey.parse(key));
	}

	@Override
	public String name() {
		return this.id.name();
	}

	/** Return the name that the arguments give to their execution. */
	@Nullable String executionName(@Nullable Object[] arguments) {
		return (this.idempotencyKey != null) ? this.idempotencyKey.evaluate(this.method, arguments) : null;
	}

	/** Return whether a caller of the method expects an exception of this class. */
	boolean mayThrow(Throwable error) {
		return error instanceof RuntimeException || error instanceof Error
				|| Arrays.stream(this.method.getExceptionTypes()).anyMatch((type) -> type.isInstance(error));
	}

}
