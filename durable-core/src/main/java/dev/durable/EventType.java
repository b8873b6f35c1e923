package dev.durable;

import org.jspecify.annotations.Nullable;

/** The kinds of history events, as AWS names them. */
public enum EventType {

	EXECUTION_STARTED("ExecutionStarted"), EXECUTION_SUCCEEDED("ExecutionSucceeded", ExecutionStatus.SUCCEEDED),
	EXECUTION_FAILED("ExecutionFailed", ExecutionStatus.FAILED),
	EXECUTION_TIMED_OUT("ExecutionTimedOut", ExecutionStatus.TIMED_OUT),
	EXECUTION_STOPPED("ExecutionStopped", ExecutionStatus.STOPPED), CONTEXT_STARTED("ContextStarted"),
	CONTEXT_SUCCEEDED("ContextSucceeded"), CONTEXT_FAILED("ContextFailed"), WAIT_STARTED("WaitStarted"),
	WAIT_SUCCEEDED("WaitSucceeded"), WAIT_CANCELLED("WaitCancelled"), STEP_STARTED("StepStarted"),
	STEP_SUCCEEDED("StepSucceeded"), STEP_FAILED("StepFailed"), CHAINED_INVOKE_STARTED("ChainedInvokeStarted"),
	CHAINED_INVOKE_SUCCEEDED("ChainedInvokeSucceeded"), CHAINED_INVOKE_FAILED("ChainedInvokeFailed"),
	CHAINED_INVOKE_TIMED_OUT("ChainedInvokeTimedOut"), CHAINED_INVOKE_STOPPED("ChainedInvokeStopped"),
	CALLBACK_STARTED("CallbackStarted"), CALLBACK_SUCCEEDED("CallbackSucceeded"), CALLBACK_FAILED("CallbackFailed"),
	CALLBACK_TIMED_OUT("CallbackTimedOut"), INVOCATION_COMPLETED("InvocationCompleted");

	private final String text;

	private final @Nullable ExecutionStatus ends;

	EventType(String text) {
		this(text, null);
	}

	EventType(String text, @Nullable ExecutionStatus ends) {
		this.text = text;
		this.ends = ends;
	}

	/**
	 * Return the type as histories spell it.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Return the status with which this event ends its execution.
	 * @return the status, or {@code null} if the execution goes on
	 */
	public @Nullable ExecutionStatus ends() {
		return this.ends;
	}

	/**
	 * Return the type that histories spell so.
	 * @param text the text
	 * @return the type
	 * @throws IllegalArgumentException if there is none
	 */
	public static EventType of(String text) {
		for (EventType candidate : values()) {
			if (candidate.text.equals(text)) {
				return candidate;
			}
		}
		throw new IllegalArgumentException("'text' must be a known event type but was '%s'".formatted(text));
	}

}
