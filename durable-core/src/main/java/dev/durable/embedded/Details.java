package dev.durable.embedded;

/** The names of the facts that events carry. */
final class Details {

	static final String ATTEMPT = "attempt";

	static final String DELAY = "delay";

	static final String DUE_AT = "dueAt";

	static final String DURATION = "duration";

	static final String TIMEOUT = "timeout";

	static final String HEARTBEAT_TIMEOUT = "heartbeatTimeout";

	static final String CALLBACK = "callback";

	static final String FUNCTION = "function";

	static final String VERSION = "version";

	static final String TENANT = "tenantId";

	static final String EXECUTION = "execution";

	static final String REPLAY_CHILDREN = "replayChildren";

	/** Set on an InvocationCompleted whose code could go on at once. */
	static final String UNFINISHED = "unfinished";

	private Details() {
	}

}
