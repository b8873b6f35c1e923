package dev.durable.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.durable.DurableFunction;
import dev.durable.DurableStep;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;

/**
 * The annotated methods of a user's class: its own, inherited ones, and those whose
 * annotation is on a parent's or interface's method. A function of the class alone, so it
 * is computed once per class. Immutable.
 */
final class DurableMethods {

	private static final Logger logger = LoggerFactory.getLogger(DurableMethods.class);

	private static final ClassValue<DurableMethods> CACHE = new ClassValue<>() {
		@Override
		protected DurableMethods computeValue(Class<?> type) {
			return new DurableMethods(type);
		}
	};

	private final Class<?> userClass;

	private final Map<MethodKey, Method> methods = new LinkedHashMap<>();

	private DurableMethods(Class<?> userClass) {
		this.userClass = userClass;
		if (isCandidate(userClass)) {
			select(userClass).forEach((method) -> this.methods.put(MethodKey.of(method), method));
		}
	}

	/** Most beans are Spring's own, and looking at their methods slows down a start. */
	private static boolean isCandidate(Class<?> userClass) {
		String name = userClass.getName();
		boolean springs = name.startsWith("org.springframework.") && !name.startsWith("org.springframework.samples.");
		return !springs
				&& AnnotationUtils.isCandidateClass(userClass, List.of(DurableStep.class, DurableFunction.class));
	}

	/** Classes of optional libraries may be missing; Spring tells if it needs them. */
	private static Set<Method> select(Class<?> userClass) {
		try {
			return MethodIntrospector.selectMethods(userClass, (MethodFilter) DurableMethods::isDurable);
		}
		catch (IllegalStateException | LinkageError ex) {
			logger.debug("Cannot look for durable methods in '{}'", userClass.getName(), ex);
			return Set.of();
		}
	}

	/**
	 * Return the durable methods of a class, or of the class that a generated one
	 * extends.
	 */
	static DurableMethods of(Class<?> type) {
		return CACHE.get(userClass(type));
	}

	/** Strip every level of generated subclasses, not only one as Spring does. */
	static Class<?> userClass(Class<?> type) {
		Class<?> userClass = type;
		Class<?> parent = ClassUtils.getUserClass(userClass);
		while (parent != userClass) {
			userClass = parent;
			parent = ClassUtils.getUserClass(userClass);
		}
		return userClass;
	}

	static boolean isStep(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, DurableStep.class);
	}

	static boolean isFunction(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, DurableFunction.class);
	}

	private static boolean isDurable(Method method) {
		return isStep(method) || isFunction(method);
	}

	Class<?> userClass() {
		return this.userClass;
	}

	/** Return the class that a method is known by: for a JDK proxy, its interface. */
	Class<?> userClass(Method method) {
		return Proxy.isProxyClass(this.userClass) ? method.getDeclaringClass() : this.userClass;
	}

	boolean isEmpty() {
		return this.methods.isEmpty();
	}

	Collection<Method> all() {
		return this.methods.values();
	}

	/**
	 * Return the durable method that runs when a method of an object of this class, or of
	 * one of its parents, interfaces or proxies, is called.
	 */
	@Nullable Method find(Method called) {
		if (this.methods.isEmpty()) {
			return null;
		}
		Method found = this.methods.get(MethodKey.of(called));
		return (found != null) ? found : this.methods.get(MethodKey.of(mostSpecific(called)));
	}

	/**
	 * Return whether a generated subclass must override a method: a durable one, but not
	 * its bridges, which call it virtually and so come to the override anyway. A bridge
	 * that only widens visibility calls its parent's method, so it is the override.
	 */
	boolean overrides(Method method) {
		if (method.isBridge()) {
			Method bridged = BridgeMethodResolver.findBridgedMethod(method);
			return MethodKey.of(bridged).equals(MethodKey.of(method))
					&& this.methods.containsKey(MethodKey.of(bridged));
		}
		return this.methods.containsKey(MethodKey.of(method));
	}

	private Method mostSpecific(Method called) {
		return AopUtils.getMostSpecificMethod(called, this.userClass);
	}

}
