package dev.durable;

/**
 * How a callback is asked for and waited for.
 *
 * @param callback its timeouts and codec
 * @param submitter how the step that gives the id away is run and retried
 */
public record WaitForCallbackOptions(CallbackOptions callback, StepOptions submitter) {

	private static final WaitForCallbackOptions DEFAULTS = new WaitForCallbackOptions(CallbackOptions.defaults(),
			StepOptions.defaults());

	/**
	 * Return the defaults: no timeouts, the default step.
	 * @return the options
	 */
	public static WaitForCallbackOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these options with other callback options.
	 * @param callback timeouts and codec
	 * @return the options
	 */
	public WaitForCallbackOptions withCallback(CallbackOptions callback) {
		return new WaitForCallbackOptions(callback, this.submitter);
	}

	/**
	 * Return these options with other options of the submitter step.
	 * @param submitter semantics and retries
	 * @return the options
	 */
	public WaitForCallbackOptions withSubmitter(StepOptions submitter) {
		return new WaitForCallbackOptions(this.callback, submitter);
	}

}
