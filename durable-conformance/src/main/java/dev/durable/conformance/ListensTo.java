package dev.durable.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.durable.observe.DurableListener;

/**
 * Marks a {@link DurableListener} bean with the durable functions that it belongs to: of
 * the executions of others it is told nothing.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ListensTo {

	/**
	 * The functions' names.
	 * @return at least one name
	 */
	String[] value();

}
