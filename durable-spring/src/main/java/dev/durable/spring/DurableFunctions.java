package dev.durable.spring;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.durable.FunctionVersion;
import dev.durable.engine.FunctionDefinition;
import dev.durable.spring.DurableMethodException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * The durable functions of an application context: the annotated methods of all its
 * beans, found by type, so that lazy beans stay uncreated until their function runs.
 * Checked when all singletons exist. Thread-safe.
 * <p>
 * It is no {@code Supplier}, which Spring Cloud Function would take for a function of the
 * application.
 */
public final class DurableFunctions implements SmartInitializingSingleton {

	private final ConfigurableListableBeanFactory beanFactory;

	private final DurableInterception interception;

	private volatile @Nullable Map<FunctionVersion, BeanFunction> functions;

	DurableFunctions(ConfigurableListableBeanFactory beanFactory, DurableInterception interception) {
		this.beanFactory = beanFactory;
		this.interception = interception;
	}

	/**
	 * Check the functions, and that every bean with durable methods is intercepted.
	 * @throws DurableMethodException if one cannot work, or two functions have the same
	 * name and version
	 */
	@Override
	public void afterSingletonsInstantiated() {
		EarlyBeanCheck.check(this.beanFactory);
		functions().values().forEach((function) -> function.checkExposed(this.beanFactory));
		OverrideCheck.check(this.interception.specs().overrides(), this::allMethods);
	}

	/**
	 * Return the functions.
	 * @return one definition for each name and version
	 */
	public Collection<FunctionDefinition> get() {
		return functions().values().stream().map((function) -> function.definition(this.beanFactory)).toList();
	}

	/**
	 * Return the name that a function's idempotency key gives to an execution.
	 * @param function the function
	 * @param input its input
	 * @return the name, or {@code null} if the function has no such key
	 */
	public @Nullable String executionName(FunctionVersion function, @Nullable Object input) {
		BeanFunction known = functions().get(function);
		return (known != null) ? known.spec().executionName(MethodTypes.arguments(known.spec().method(), input)) : null;
	}

	/** Return the functions of the beans that are of a type. */
	List<DurableFunctionSpec> of(Class<?> type) {
		return functions().values()
			.stream()
			.map(BeanFunction::spec)
			.filter((spec) -> type.isAssignableFrom(spec.beanClass()))
			.toList();
	}

	private Map<FunctionVersion, BeanFunction> functions() {
		Map<FunctionVersion, BeanFunction> known = this.functions;
		if (known == null) {
			known = collect();
			this.functions = known;
		}
		return known;
	}

	private Map<FunctionVersion, BeanFunction> collect() {
		Map<FunctionVersion, BeanFunction> found = new LinkedHashMap<>();
		beanNames().forEach((beanName) -> collect(beanName, found));
		return found;
	}

	private List<DurableMethod> allMethods() {
		return beanNames().map(this::type)
			.filter((type) -> type != null && !DurableMethods.of(type).isEmpty())
			.flatMap((type) -> this.interception.specs().of(type).all().stream())
			.toList();
	}

	private Stream<String> beanNames() {
		return Arrays.stream(this.beanFactory.getBeanNamesForType(Object.class, true, false))
			.filter((beanName) -> !ScopedProxyUtils.isScopedTarget(beanName));
	}

	private @Nullable Class<?> type(String beanName) {
		String targetName = ScopedProxyUtils.getTargetBeanName(beanName);
		return AutoProxyUtils.determineTargetClass(this.beanFactory,
				this.beanFactory.containsBean(targetName) ? targetName : beanName);
	}

	private void collect(String beanName, Map<FunctionVersion, BeanFunction> found) {
		Class<?> type = type(beanName);
		if (type == null || DurableMethods.of(type).all().stream().noneMatch(DurableMethods::isFunction)) {
			return;
		}
		for (DurableMethod method : this.interception.specs().of(type).all()) {
			if (method instanceof DurableFunctionSpec spec) {
				BeanFunction other = found.putIfAbsent(spec.id(), new BeanFunction(beanName, spec));
				if (other != null) {
					throw duplicate(new BeanFunction(beanName, spec), other);
				}
			}
		}
	}

	private static DurableMethodException duplicate(BeanFunction function, BeanFunction other) {
		return new DurableMethodException(Kind.DUPLICATE_FUNCTION, function.spec().beanClass(),
				function.spec().method(),
				"Durable function '%s' version '%s' exists twice: %s and %s.".formatted(function.spec().name(),
						function.spec().id().version(), other, function),
				"give one of them another 'name'", "if one replaces the other, give it another 'version'");
	}

	private record BeanFunction(String beanName, DurableFunctionSpec spec) {

		FunctionDefinition definition(ConfigurableListableBeanFactory beanFactory) {
			return new FunctionDefinition(this.spec.id(), this.spec.inputType(), this.spec.returned().resultType(),
					this.spec.times().timeout(), this.spec.times().retention(),
					(context, input) -> run(beanFactory.getBean(this.beanName), input));
		}

		void checkExposed(ConfigurableListableBeanFactory beanFactory) {
			Object bean = beanFactory.getSingleton(this.beanName);
			if (bean != null && AopUtils.isJdkDynamicProxy(bean) && exposed(bean) == null) {
				throw new DurableMethodException(Kind.NOT_EXPOSED, this.spec.beanClass(), this.spec.method(),
						"@DurableFunction %s is not in an interface, but bean '%s' is a JDK proxy, which has only the methods of interfaces."
							.formatted(MethodText.of(this.spec.beanClass(), this.spec.method()), this.beanName),
						"add the method to one of the bean's interfaces",
						"use class-based proxies (spring.aop.proxy-target-class=true)");
			}
		}

		/**
		 * Return the method of a JDK proxy's interface, whose parameters a type argument
		 * may have erased.
		 */
		private @Nullable Method exposed(Object proxy) {
			DurableMethods methods = DurableMethods.of(this.spec.beanClass());
			return Arrays.stream(proxy.getClass().getInterfaces())
				.flatMap((type) -> Arrays.stream(type.getMethods()))
				.filter((method) -> this.spec.method().equals(methods.find(method)))
				.findFirst()
				.orElse(null);
		}

		private @Nullable Object run(Object bean, @Nullable Object input) throws Exception {
			Method exposed = AopUtils.isJdkDynamicProxy(bean) ? exposed(bean) : null;
			Method method = (exposed != null) ? exposed : this.spec.method();
			ReflectionUtils.makeAccessible(method);
			@Nullable Object[] arguments = MethodTypes.arguments(method, input);
			return FunctionEntry.enter(this.spec.id(), () -> result(invoke(method, bean, arguments)));
		}

		private static @Nullable Object invoke(Method method, Object bean, @Nullable Object[] arguments)
				throws Exception {
			try {
				return method.invoke(bean, arguments);
			}
			catch (InvocationTargetException ex) {
				ReflectionUtils.rethrowException(ex.getTargetException());
				throw ex;
			}
		}

		private @Nullable Object result(@Nullable Object returned) throws Exception {
			Object future = (returned instanceof CompletionStage<?> stage) ? stage.toCompletableFuture() : returned;
			if (future instanceof Future<?> foreign && !(future instanceof DurableCompletableFuture<?>)
					&& !foreign.isDone()) {
				throw new IllegalStateException(
						"%s returned a %s that is not complete. An execution cannot wait for other threads; return the future of a durable step, or join this one before, and use DurableContext.stepAsync for concurrent work."
							.formatted(MethodText.of(this.spec.beanClass(), this.spec.method()),
									foreign.getClass().getSimpleName()));
			}
			return MethodReturn.result(future);
		}

		@Override
		public String toString() {
			return "%s of bean '%s'".formatted(MethodText.of(this.spec.beanClass(), this.spec.method()), this.beanName);
		}

	}

}
