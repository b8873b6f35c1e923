package dev.durable;

/** What an operation was used for, as AWS names it in a history. */
public enum OperationSubType {

	/** A step. */
	STEP("Step", OperationType.STEP),

	/** A check that is repeated until it is met. */
	WAIT_FOR_CONDITION("WaitForCondition", OperationType.STEP),

	/** A wait. */
	WAIT("Wait", OperationType.WAIT),

	/** A callback. */
	CALLBACK("Callback", OperationType.CALLBACK),

	/** A chained invoke. */
	CHAINED_INVOKE("ChainedInvoke", OperationType.CHAINED_INVOKE),

	/** A child context. */
	RUN_IN_CHILD_CONTEXT("RunInChildContext", OperationType.CONTEXT),

	/** A callback with the step that gives its id away. */
	WAIT_FOR_CALLBACK("WaitForCallback", OperationType.CONTEXT),

	/** Operations that are tried again together. */
	WITH_RETRY("WithRetry", OperationType.CONTEXT),

	/** The same code for each item of a list. */
	MAP("Map", OperationType.CONTEXT),

	/** One item of a map. */
	MAP_ITERATION("MapIteration", OperationType.CONTEXT),

	/** Several branches side by side. */
	PARALLEL("Parallel", OperationType.CONTEXT),

	/** One branch of a parallel. */
	PARALLEL_BRANCH("ParallelBranch", OperationType.CONTEXT);

	private final String text;

	private final OperationType type;

	OperationSubType(String text, OperationType type) {
		this.text = text;
		this.type = type;
	}

	/**
	 * Return the subtype as histories spell it.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Return the type that operations of this subtype have.
	 * @return the type
	 */
	public OperationType type() {
		return this.type;
	}

	/**
	 * Return the subtype that histories spell so.
	 * @param text the text
	 * @return the subtype
	 * @throws IllegalArgumentException if there is none
	 */
	public static OperationSubType of(String text) {
		for (OperationSubType candidate : values()) {
			if (candidate.text.equals(text)) {
				return candidate;
			}
		}
		throw new IllegalArgumentException("'text' must be a known operation subtype but was '%s'".formatted(text));
	}

}
