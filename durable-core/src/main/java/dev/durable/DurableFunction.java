package dev.durable;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a bean method as a durable function: its steps are checkpointed, and it is
 * replayed after a crash or a wait.
 * <p>
 * Called from outside an execution it starts one and waits for the result; called from
 * inside another execution it is a chained invoke. Its arguments and its result must be
 * serialisable by the payload codec.
 *
 * @see DurableStep
 * @see DurableContext
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface DurableFunction {

	/**
	 * Name under which executions of this function are stored: 1 to 64 of
	 * {@code [a-zA-Z0-9-_]}. Defaults to the simple class name, a hyphen and the method
	 * name. Renaming orphans running executions.
	 * @return the function's name
	 */
	String name() default "";

	/**
	 * Version that new executions are pinned to. An execution only resumes on a node that
	 * has its version.
	 * @return the version, 1 to 64 of {@code [a-zA-Z0-9-_.]}
	 */
	String version() default "1";

	/**
	 * How long an execution may take from start to end, waits included, such as
	 * {@code 30d} or {@code PT1H}; placeholders are resolved. Empty means the
	 * {@code durable.execution-timeout} property.
	 * @return the duration's text, between one second and 366 days
	 */
	String executionTimeout() default "";

	/**
	 * How long an execution is kept after its end, with its history and its result, such
	 * as {@code 90d} or {@code PT1H}; placeholders are resolved. With {@code 0} it is
	 * removed within minutes, a negative duration keeps it for ever. Empty means the
	 * {@code durable.retention} property. A chained invoke gets its result however short
	 * this is. When an execution with a name has been removed, the name starts a new one.
	 * @return the duration's text
	 */
	String retention() default "";

	/**
	 * SpEL expression over the arguments (by name) whose value names the execution, so
	 * that a second call with the same key attaches to the first. Empty means that every
	 * call starts a new execution.
	 * @return the expression
	 */
	String idempotencyKey() default "";

}
