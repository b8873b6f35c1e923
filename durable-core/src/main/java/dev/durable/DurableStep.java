package dev.durable;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;

/**
 * Marks a bean method as a step: inside an execution its result is checkpointed and it is
 * never run again once it has succeeded.
 * <p>
 * Outside an execution, or inside another step, it is a plain call. The retry attributes
 * are named as in Spring Framework's {@code @Retryable}; setting any of
 * {@code maxRetries}, {@code delay}, {@code multiplier}, {@code maxDelay} or
 * {@code jitter} replaces the {@link #retry() preset}. The {@code …String} twins accept
 * {@code ${…}} placeholders.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface DurableStep {

	/**
	 * Name of the recorded operation, at most 256 printable ASCII characters. Defaults to
	 * the method name. Renaming breaks the replay of running executions.
	 * @return the step's name
	 */
	String name() default "";

	/**
	 * What happens to an attempt that a crash interrupts.
	 * @return the semantics
	 */
	StepSemantics semantics() default StepSemantics.AT_LEAST_ONCE_PER_RETRY;

	/**
	 * The retry strategy when no other retry attribute is set.
	 * @return the preset
	 */
	RetryPreset retry() default RetryPreset.DEFAULT;

	/**
	 * Exceptions that are retried; empty means all.
	 * @return the exception types
	 */
	Class<? extends Throwable>[] includes() default {};

	/**
	 * Exceptions that fail the step at once.
	 * @return the exception types
	 */
	Class<? extends Throwable>[] excludes() default {};

	/**
	 * Number of retries after the first attempt; negative means unset.
	 * @return zero or more, or negative
	 */
	long maxRetries() default -1;

	/**
	 * {@link #maxRetries()} as text.
	 * @return the text, or empty
	 */
	String maxRetriesString() default "";

	/**
	 * Delay before the first retry, in {@link #timeUnit()}; negative means unset.
	 * @return zero or more, or negative
	 */
	long delay() default -1;

	/**
	 * {@link #delay()} as text, a number or a duration such as {@code 500ms}.
	 * @return the text, or empty
	 */
	String delayString() default "";

	/**
	 * Random share of a delay: each delay is moved by up to this much, in
	 * {@link #timeUnit()}; negative means unset.
	 * @return zero or more, or negative
	 */
	long jitter() default -1;

	/**
	 * {@link #jitter()} as text.
	 * @return the text, or empty
	 */
	String jitterString() default "";

	/**
	 * Factor from one delay to the next, at least 1; negative means unset.
	 * @return the factor
	 */
	double multiplier() default -1;

	/**
	 * {@link #multiplier()} as text.
	 * @return the text, or empty
	 */
	String multiplierString() default "";

	/**
	 * Upper bound of a delay, in {@link #timeUnit()}; negative means unset.
	 * @return zero or more, or negative
	 */
	long maxDelay() default -1;

	/**
	 * {@link #maxDelay()} as text.
	 * @return the text, or empty
	 */
	String maxDelayString() default "";

	/**
	 * Unit of the numbers above.
	 * @return the unit
	 */
	TimeUnit timeUnit() default TimeUnit.MILLISECONDS;

}
