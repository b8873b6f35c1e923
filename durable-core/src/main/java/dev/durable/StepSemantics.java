package dev.durable;

/** How often the body of a step may run when a crash interrupts it. */
public enum StepSemantics {

	/**
	 * An interrupted attempt is run again. The body must tolerate that; in exchange its
	 * start costs no checkpoint of its own.
	 */
	AT_LEAST_ONCE_PER_RETRY,

	/**
	 * The start is durable before the body runs, and an interrupted attempt counts as
	 * failed with {@link StepInterruptedException}: the retry strategy decides what
	 * follows.
	 */
	AT_MOST_ONCE_PER_RETRY

}
