package dev.durable.embedded;

/** What a shift looks for. */
enum ShiftScope {

	/** What its task starts, and what that makes runnable. */
	STARTED_HERE(false),

	/** All that can go on. */
	ALL(true),

	/** Also what was blocked: this process may have other code. */
	ALL_AND_BLOCKED(true),

	/** Also what has expired. */
	ALL_AND_EXPIRED(true);

	private final boolean claims;

	ShiftScope(boolean claims) {
		this.claims = claims;
	}

	/** Whether it looks for executions that others left or that are due. */
	boolean claims() {
		return this.claims;
	}

}
