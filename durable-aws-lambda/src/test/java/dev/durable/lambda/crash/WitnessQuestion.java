package dev.durable.lambda.crash;

/** What a function's process asks the test that started it; each answer is a boolean. */
enum WitnessQuestion {

	/** Whether a step is recorded. */
	IS_RECORDED,

	/** The body of an at-most-once step begins. */
	RUNS_ONCE,

	/** Something is not as it must be. */
	VIOLATED,

	/** A callback is known. */
	PUBLISHES,

	/** A callback that holds its execution back is known. */
	PUBLISHES_GATE,

	/** An answer is about to be sent; the one who dies instead gets no answer. */
	ANSWERS

}
