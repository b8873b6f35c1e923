package dev.durable.spring;

import java.lang.reflect.Method;
import java.util.List;

import dev.durable.DurableException;
import org.jspecify.annotations.Nullable;

/**
 * A durable method cannot work as it is written; thrown while the application starts, so
 * that a step is never silently left unrecorded.
 */
public class DurableMethodException extends DurableException {

	private final Kind kind;

	private final Class<?> beanClass;

	private final transient Method method;

	private final String problem;

	private final List<StackTraceElement> calls;

	private final List<String> waysOut;

	DurableMethodException(Kind kind, Class<?> beanClass, Method method, String problem, List<StackTraceElement> calls,
			List<String> waysOut, @Nullable Throwable cause) {
		super(problem + " Ways out: " + String.join("; or ", waysOut) + ".", cause);
		this.kind = kind;
		this.beanClass = beanClass;
		this.method = method;
		this.problem = problem;
		this.calls = List.copyOf(calls);
		this.waysOut = List.copyOf(waysOut);
	}

	DurableMethodException(Kind kind, Class<?> beanClass, Method method, String problem, String... waysOut) {
		this(kind, beanClass, method, problem, List.of(), List.of(waysOut), null);
	}

	/**
	 * Return what is wrong.
	 * @return the kind of mistake
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Return the class of the bean.
	 * @return the user's class, never a generated one
	 */
	public Class<?> beanClass() {
		return this.beanClass;
	}

	/**
	 * Return the durable method.
	 * @return the method
	 */
	public Method method() {
		return this.method;
	}

	/**
	 * Return what was found and why it cannot work, without the ways out.
	 * @return one or two sentences
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Return where the method is called; only known for {@link Kind#SELF_CALL}.
	 * @return the places of the calls, each with class, method and, if the class was
	 * compiled with debug information, file and line
	 */
	public List<StackTraceElement> calls() {
		return this.calls;
	}

	/**
	 * Return what can be done about it.
	 * @return the alternatives, the best one first, each an imperative without a full
	 * stop
	 */
	public List<String> waysOut() {
		return this.waysOut;
	}

	/** What can be wrong with a durable method. */
	public enum Kind {

		/** It is private. */
		PRIVATE_METHOD,

		/** It is final. */
		FINAL_METHOD,

		/** It is static. */
		STATIC_METHOD,

		/** Its class is final, a record or an enum. */
		FINAL_CLASS,

		/** Its class has only private constructors. */
		PRIVATE_CONSTRUCTORS,

		/** It is a step and a function at once. */
		STEP_AND_FUNCTION,

		/** It would run on another thread. */
		ASYNC,

		/** It is a function that would run in one transaction. */
		TRANSACTIONAL_FUNCTION,

		/** It belongs to a configuration class that Spring has already subclassed. */
		FULL_CONFIGURATION,

		/** It is called on {@code this} in a bean that cannot be subclassed. */
		SELF_CALL,

		/** Its return type cannot be recorded. */
		RETURN_TYPE,

		/** A parameter cannot be recorded. */
		PARAMETER,

		/** An attribute of its annotation, or what overrides it, is not valid. */
		ATTRIBUTE,

		/** Another function has the same name and version. */
		DUPLICATE_FUNCTION,

		/** Its bean is a JDK proxy whose interfaces lack the method. */
		NOT_EXPOSED,

		/** Its bean was created before it could be intercepted. */
		CREATED_TOO_EARLY

	}

}
