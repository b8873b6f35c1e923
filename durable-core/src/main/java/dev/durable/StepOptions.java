package dev.durable;

/**
 * How a step is run and retried.
 *
 * @param semantics what happens to an attempt that a crash interrupts
 * @param retry what follows a failed attempt
 */
public record StepOptions(StepSemantics semantics, RetryStrategy retry) {

	private static final StepOptions DEFAULTS = new StepOptions(StepSemantics.AT_LEAST_ONCE_PER_RETRY,
			RetryStrategy.defaults());

	/**
	 * Return AWS's defaults: at least once, {@link RetryStrategy#defaults()}.
	 * @return the options
	 */
	public static StepOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these options with other semantics.
	 * @param semantics what happens to an attempt that a crash interrupts
	 * @return the options
	 */
	public StepOptions withSemantics(StepSemantics semantics) {
		return new StepOptions(semantics, this.retry);
	}

	/**
	 * Return these options with another retry strategy.
	 * @param retry what follows a failed attempt
	 * @return the options
	 */
	public StepOptions withRetry(RetryStrategy retry) {
		return new StepOptions(this.semantics, retry);
	}

}
