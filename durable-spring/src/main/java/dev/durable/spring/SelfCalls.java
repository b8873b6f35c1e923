package dev.durable.spring;

/**
 * What happens when a bean that cannot be enhanced calls its own durable methods, which
 * would not be recorded.
 */
public enum SelfCalls {

	/** The application does not start. */
	FAIL,

	/** A warning is logged. */
	WARN

}
