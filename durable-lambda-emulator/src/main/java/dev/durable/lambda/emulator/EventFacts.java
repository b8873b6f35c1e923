package dev.durable.lambda.emulator;

/** The names of the facts that the engine's events carry. */
final class EventFacts {

	static final String ATTEMPT = "attempt";

	static final String DELAY = "delay";

	static final String DUE_AT = "dueAt";

	static final String DURATION = "duration";

	static final String TIMEOUT = "timeout";

	static final String HEARTBEAT_TIMEOUT = "heartbeatTimeout";

	static final String FUNCTION = "function";

	static final String VERSION = "version";

	static final String TENANT = "tenantId";

	static final String EXECUTION = "execution";

	private EventFacts() {
	}

}
