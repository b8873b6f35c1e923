package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * How a step is run, retried and recorded.
 *
 * @param semantics what happens to an attempt that a crash interrupts
 * @param retry what follows a failed attempt
 * @param codec writes the result, or {@code null} for the host's payload codec; it must
 * fit the result's type
 */
public record StepOptions(StepSemantics semantics, RetryStrategy retry, @Nullable ValueCodec<?> codec) {

	private static final StepOptions DEFAULTS = new StepOptions(StepSemantics.AT_LEAST_ONCE_PER_RETRY,
			RetryStrategy.defaults());

	/**
	 * Create options with the host's payload codec.
	 * @param semantics what happens to an attempt that a crash interrupts
	 * @param retry what follows a failed attempt
	 */
	public StepOptions(StepSemantics semantics, RetryStrategy retry) {
		this(semantics, retry, null);
	}

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
		return new StepOptions(semantics, this.retry, this.codec);
	}

	/**
	 * Return these options with another retry strategy.
	 * @param retry what follows a failed attempt
	 * @return the options
	 */
	public StepOptions withRetry(RetryStrategy retry) {
		return new StepOptions(this.semantics, retry, this.codec);
	}

	/**
	 * Return these options with a codec for the result.
	 * @param codec writes and reads results of the step's type
	 * @return the options
	 */
	public StepOptions withCodec(ValueCodec<?> codec) {
		return new StepOptions(this.semantics, this.retry, codec);
	}

}
