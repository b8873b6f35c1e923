package dev.durable.spring;

import java.lang.reflect.Method;

import dev.durable.DurableStep;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import dev.durable.spring.MethodReturn.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;

/** A {@link DurableStep} method. */
record DurableStepSpec(Class<?> beanClass, Method method, String name, Kind returns,
		TypeRef<@Nullable Object> resultType, StepOptions options) implements DurableMethod {

	static DurableStepSpec read(Class<?> beanClass, Method method, AttributeText text, DurableOverrides overrides) {
		DurableStep annotation = AnnotatedElementUtils.findMergedAnnotation(method, DurableStep.class);
		if (annotation == null) {
			throw new IllegalArgumentException("'%s' must be annotated with @DurableStep".formatted(method));
		}
		String name = annotation.name().isEmpty() ? method.getName() : annotation.name();
		if (name.length() > 256 || !name.chars().allMatch((c) -> c >= 0x20 && c < 0x7f)) {
			throw new IllegalArgumentException(
					"'name' must be at most 256 printable ASCII characters but was '%s'".formatted(name));
		}
		StepOverride override = overrides.step(name).orElse(StepOverride.NONE);
		StepOptions options = new StepOptions(
				(override.semantics() != null) ? override.semantics() : annotation.semantics(),
				StepRetry.of(annotation, text, override));
		MethodReturn returned = MethodReturn.of(method, beanClass);
		return new DurableStepSpec(beanClass, method, name, returned.kind(), TypeRef.of(returned.resultType()),
				options);
	}

}
