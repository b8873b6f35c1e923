package dev.durable.store.tck;

/**
 * Is told what step bodies do, in whatever process they run; survives all of them.
 * Thread-safe.
 */
public interface BodyListener {

	/**
	 * Return whether a step has an outcome, so that its body must not begin.
	 * @param body the body that is about to begin
	 * @return whether the outcome is recorded
	 */
	boolean isRecorded(BodyRun body);

	/**
	 * Learn that the body of an at-most-once step begins, once for each attempt.
	 * @param body the body
	 */
	void runsOnce(BodyRun body);

	/**
	 * Learn that something is not as it must be in every run.
	 * @param violation what, in words
	 */
	void violated(String violation);

	/**
	 * Learn of a callback.
	 * @param body who tells
	 * @param answer what an outsider is to do with it
	 * @param callbackId its id
	 */
	void publishes(BodyRun body, Answer answer, String callbackId);

	/**
	 * Learn of a callback that holds its execution back: it is to succeed when nothing
	 * else can happen, the deepest one first.
	 * @param body who tells
	 * @param callbackId its id
	 * @param depth greater for what lies inside of something else that is held back
	 */
	void publishesGate(BodyRun body, String callbackId, int depth);

	/** What an outsider does with a callback. */
	enum Answer {

		/** Let it succeed. */
		SUCCEED,

		/** Let it fail. */
		FAIL,

		/** Let it succeed after what would be its timeout without a heartbeat. */
		HEARTBEAT_THEN_SUCCEED,

		/** Leave it to its timeout. */
		IGNORE

	}

}
