package dev.durable.embedded;

import java.time.Duration;

/**
 * The numbers of an embedded engine.
 *
 * @param maxConcurrentExecutions executions that this node works on at once, from 1
 * @param pollInterval how often the store is asked for due executions that no timer and
 * no signal announced
 * @param heartbeatInterval how often this node reports that it is alive
 * @param nodeTimeout how long a node may be silent before others take its executions
 * over; more than two heartbeat intervals
 * @param shutdownTimeout how long running steps may take to finish on shutdown
 * @param unwindTimeout how long user code may take to leave when its execution suspends
 * @param executionTimeout how long an execution may take unless its function says
 * otherwise
 * @param maxPayloadSize largest encoded payload in bytes
 */
public record EngineSettings(int maxConcurrentExecutions, Duration pollInterval, Duration heartbeatInterval,
		Duration nodeTimeout, Duration shutdownTimeout, Duration unwindTimeout, Duration executionTimeout,
		int maxPayloadSize) {

	public EngineSettings {
		if (maxConcurrentExecutions < 1) {
			throw new IllegalArgumentException(
					"'maxConcurrentExecutions' must be at least 1 but was " + maxConcurrentExecutions);
		}
		positive("pollInterval", pollInterval);
		positive("heartbeatInterval", heartbeatInterval);
		positive("shutdownTimeout", shutdownTimeout);
		positive("unwindTimeout", unwindTimeout);
		positive("executionTimeout", executionTimeout);
		if (nodeTimeout.compareTo(heartbeatInterval.multipliedBy(2)) <= 0) {
			throw new IllegalArgumentException(
					"'nodeTimeout' must be more than two heartbeat intervals (%s) but was %s, or living nodes would lose their executions"
						.formatted(heartbeatInterval.multipliedBy(2), nodeTimeout));
		}
		if (maxPayloadSize < 1024) {
			throw new IllegalArgumentException("'maxPayloadSize' must be at least 1024 but was " + maxPayloadSize);
		}
	}

	/**
	 * Return the defaults: 200 executions, poll 1 s, heartbeat 2 s, node timeout 10 s,
	 * shutdown 30 s, unwind 10 s, execution timeout 366 days (AWS's longest), payloads of
	 * 6,291,456 bytes (the largest field of AWS's API).
	 * @return the settings
	 */
	public static EngineSettings defaults() {
		return new EngineSettings(200, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(10),
				Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofDays(366), 6_291_456);
	}

	private static void positive(String field, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException("'%s' must be more than zero but was %s".formatted(field, value));
		}
	}

}
