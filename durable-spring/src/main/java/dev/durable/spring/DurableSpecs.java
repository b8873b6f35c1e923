package dev.durable.spring;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.durable.spring.DurableMethodException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringValueResolver;

/**
 * The specs of one application context: annotations with placeholders resolved and
 * configuration applied, each read once. Thread-safe.
 */
final class DurableSpecs {

	private final Map<Class<?>, BeanSpecs> specs = new ConcurrentHashMap<>();

	private final AttributeText text;

	private final Supplier<DurableOverrides> overrides;

	/**
	 * Create the specs of a context.
	 * @param resolver resolves placeholders and expressions
	 * @param overrides asked for when the first durable method is read
	 */
	DurableSpecs(StringValueResolver resolver, Supplier<DurableOverrides> overrides) {
		this.text = new AttributeText(resolver);
		this.overrides = overrides;
	}

	/**
	 * Return the specs of a bean's class.
	 * @throws DurableMethodException if one of its durable methods is not valid
	 */
	BeanSpecs of(Class<?> type) {
		DurableMethods methods = DurableMethods.of(type);
		BeanSpecs known = this.specs.get(methods.userClass());
		if (known != null) {
			return known;
		}
		// Not inside computeIfAbsent: reading may create beans, and so come back here
		BeanSpecs read = read(methods);
		BeanSpecs other = this.specs.putIfAbsent(methods.userClass(), read);
		return (other != null) ? other : read;
	}

	/**
	 * Return what configuration says instead of annotations.
	 */
	DurableOverrides overrides() {
		return this.overrides.get();
	}

	private BeanSpecs read(DurableMethods methods) {
		DurableMethodCheck.check(methods);
		Map<Method, DurableMethod> read = new HashMap<>();
		methods.all().forEach((method) -> read.put(method, read(methods.userClass(method), method)));
		return new BeanSpecs(methods, read);
	}

	private DurableMethod read(Class<?> beanClass, Method method) {
		try {
			return DurableMethods.isStep(method)
					? DurableStepSpec.read(beanClass, method, this.text, this.overrides.get())
					: DurableFunctionSpec.read(beanClass, method, this.text, this.overrides.get());
		}
		catch (IllegalArgumentException ex) {
			throw new DurableMethodException(Kind.ATTRIBUTE, beanClass, method,
					"%s %s is not valid: %s.".formatted(MethodText.annotationOf(method),
							MethodText.of(beanClass, method), ex.getMessage()),
					List.of(), List.of("correct the method or its annotation",
							"correct what 'durable.steps' or 'durable.functions' configures for it"),
					ex);
		}
	}

	/** The specs of one class. */
	static final class BeanSpecs {

		private final DurableMethods methods;

		private final Map<Method, DurableMethod> read;

		/** How callers name the methods: the methods of interfaces and proxies too. */
		private final Map<Method, DurableMethod> called = new ConcurrentHashMap<>();

		BeanSpecs(DurableMethods methods, Map<Method, DurableMethod> read) {
			this.methods = methods;
			this.read = read;
		}

		Class<?> beanClass() {
			return this.methods.userClass();
		}

		Collection<DurableMethod> all() {
			return this.read.values();
		}

		@Nullable DurableMethod find(Method method) {
			DurableMethod known = this.called.get(method);
			if (known != null) {
				return known;
			}
			Method found = this.methods.find(method);
			if (found == null) {
				return null;
			}
			DurableMethod spec = this.read.get(found);
			if (spec != null) {
				this.called.put(method, spec);
			}
			return spec;
		}

	}

}
