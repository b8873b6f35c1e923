package dev.durable.spring;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import dev.durable.DurableContext;
import dev.durable.spring.DurableMethodException.Kind;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.scheduling.annotation.Async;

/** The rules for durable methods that their class alone can break. */
final class DurableMethodCheck {

	private static final Set<String> WITHOUT_TRANSACTION = Set.of("NOT_SUPPORTED", "NEVER", "SUPPORTS");

	private DurableMethodCheck() {
	}

	/**
	 * Check the durable methods of a class.
	 * @throws DurableMethodException for the first rule that is broken
	 */
	static void check(DurableMethods methods) {
		methods.all().forEach((method) -> check(methods.userClass(method), method));
	}

	private static void check(Class<?> type, Method method) {
		String text = "%s %s".formatted(MethodText.annotationOf(method), MethodText.of(type, method));
		checkOverridable(type, method, text);
		if (DurableMethods.isStep(method) && DurableMethods.isFunction(method)) {
			throw new DurableMethodException(Kind.STEP_AND_FUNCTION, type, method,
					text + " is a @DurableStep and a @DurableFunction at once.", "remove one of the annotations",
					"move the step's code into a method of its own and call that");
		}
		if (isAsync(type, method)) {
			throw async(type, method, "it is @Async");
		}
		if (DurableMethods.isFunction(method)) {
			checkFunction(type, method, text);
		}
		checkReturn(type, method, text);
	}

	private static void checkOverridable(Class<?> type, Method method, String text) {
		int modifiers = method.getModifiers();
		if (Modifier.isPrivate(modifiers)) {
			throw notOverridable(Kind.PRIVATE_METHOD, type, method, text, "private");
		}
		if (Modifier.isStatic(modifiers)) {
			throw notOverridable(Kind.STATIC_METHOD, type, method, text, "static");
		}
		if (Modifier.isFinal(modifiers)) {
			throw notOverridable(Kind.FINAL_METHOD, type, method, text, "final");
		}
		if (Modifier.isFinal(type.getModifiers())) {
			throw new DurableMethodException(Kind.FINAL_CLASS, type, method,
					"%s is in a final class, which cannot be subclassed, so its calls would not be recorded.".formatted(
							text),
					"make the class non-final (in Kotlin 'open', or use the kotlin-spring plugin)",
					"move the method to another bean");
		}
		if (!type.isInterface()
				&& Arrays.stream(type.getDeclaredConstructors()).allMatch(DurableMethodCheck::isPrivate)) {
			throw new DurableMethodException(Kind.PRIVATE_CONSTRUCTORS, type, method,
					"%s is in a class that has only private constructors, so it cannot be subclassed and its calls would not be recorded."
						.formatted(text),
					"give the class a constructor that is at least package-private", "move the method to another bean");
		}
	}

	private static DurableMethodException notOverridable(Kind kind, Class<?> type, Method method, String text,
			String modifier) {
		return new DurableMethodException(kind, type, method,
				"%s is %s, so its calls cannot be intercepted and would not be recorded.".formatted(text, modifier),
				"remove '%s' (package-private is enough)".formatted(modifier),
				"remove the annotation and run the code with DurableContext.step");
	}

	private static boolean isPrivate(Constructor<?> constructor) {
		return Modifier.isPrivate(constructor.getModifiers());
	}

	private static void checkFunction(Class<?> type, Method method, String text) {
		if (isTransactional(type, method)) {
			throw new DurableMethodException(Kind.TRANSACTIONAL_FUNCTION, type, method,
					"%s is @Transactional, but an execution can outlive any transaction and is replayed in new ones."
						.formatted(text),
					"put @Transactional on the steps instead",
					"if it comes from the class, override it with @Transactional(propagation = NOT_SUPPORTED) on the method");
		}
		for (Class<?> parameter : method.getParameterTypes()) {
			if (DurableContext.class.isAssignableFrom(parameter)) {
				throw new DurableMethodException(Kind.PARAMETER, type, method,
						"%s has a DurableContext parameter, but its arguments are recorded as the execution's input."
							.formatted(text),
						"inject the DurableContext into the bean, where it always stands for the current execution");
			}
		}
	}

	private static void checkReturn(Class<?> type, Method method, String text) {
		try {
			MethodReturn.of(method, type);
		}
		catch (IllegalArgumentException ex) {
			throw new DurableMethodException(Kind.RETURN_TYPE, type, method,
					"%s cannot give its result to its callers: %s.".formatted(text, ex.getMessage()), List.of(),
					List.of("return the result itself", "return a DurableFuture or a CompletableFuture of the result"),
					ex);
		}
	}

	static DurableMethodException async(Class<?> type, Method method, String reason) {
		return new DurableMethodException(Kind.ASYNC, type, method,
				"%s %s would run on another thread (%s), out of the order in which its caller is replayed."
					.formatted(MethodText.annotationOf(method), MethodText.of(type, method), reason),
				"remove @Async (on the method or its class)",
				"return a DurableFuture or a CompletableFuture, which makes the call asynchronous inside an execution");
	}

	private static boolean isAsync(Class<?> type, Method method) {
		return hierarchy(method).isPresent(Async.class) || hierarchy(type).isPresent(Async.class);
	}

	private static boolean isTransactional(Class<?> type, Method method) {
		return isTransactional(type, method, "org.springframework.transaction.annotation.Transactional", "propagation")
				|| isTransactional(type, method, "jakarta.transaction.Transactional", "value");
	}

	/** Look annotations up by name: neither of these libraries need be present. */
	private static boolean isTransactional(Class<?> type, Method method, String annotation, String propagation) {
		MergedAnnotation<?> own = hierarchy(method).get(annotation);
		MergedAnnotation<?> effective = own.isPresent() ? own : hierarchy(type).get(annotation);
		return effective.isPresent() && effective.getValue(propagation)
			.map((value) -> !WITHOUT_TRANSACTION.contains(value.toString()))
			.orElse(true);
	}

	private static MergedAnnotations hierarchy(Method method) {
		return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
	}

	private static MergedAnnotations hierarchy(Class<?> type) {
		return MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY);
	}

}
