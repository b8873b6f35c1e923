package dev.durable;

/** The kinds of durable work, as AWS names them. */
public enum OperationType {

	/** The execution itself. */
	EXECUTION,

	/** A child context, and everything built from one. */
	CONTEXT,

	/** Code whose result is recorded. */
	STEP,

	/** A pause that holds no thread. */
	WAIT,

	/** A result delivered from outside. */
	CALLBACK,

	/** A call of another durable function. */
	CHAINED_INVOKE

}
