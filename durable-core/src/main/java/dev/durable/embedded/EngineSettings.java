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
 * @param maxRunningBranches how many branches of one execution may run at once, from 1
 * @param maxParkedBranches how many blocked branches of one execution may keep their
 * threads, from 0; others start again from their records when they can go on
 * @param replayLogging whether the loggers of contexts log again what is replayed
 */
public record EngineSettings(int maxConcurrentExecutions, Duration pollInterval, Duration heartbeatInterval,
		Duration nodeTimeout, Duration shutdownTimeout, Duration unwindTimeout, Duration executionTimeout,
		int maxPayloadSize, int maxRunningBranches, int maxParkedBranches, boolean replayLogging) {

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
		if (maxRunningBranches < 1) {
			throw new IllegalArgumentException("'maxRunningBranches' must be at least 1 but was " + maxRunningBranches);
		}
		if (maxParkedBranches < 0) {
			throw new IllegalArgumentException("'maxParkedBranches' must not be negative but was " + maxParkedBranches);
		}
	}

	/**
	 * Create settings with 256 running and 256 parked branches, and without replay
	 * logging.
	 * @see #EngineSettings(int, Duration, Duration, Duration, Duration, Duration,
	 * Duration, int, int, int, boolean)
	 */
	public EngineSettings(int maxConcurrentExecutions, Duration pollInterval, Duration heartbeatInterval,
			Duration nodeTimeout, Duration shutdownTimeout, Duration unwindTimeout, Duration executionTimeout,
			int maxPayloadSize) {
		this(maxConcurrentExecutions, pollInterval, heartbeatInterval, nodeTimeout, shutdownTimeout, unwindTimeout,
				executionTimeout, maxPayloadSize, 256, 256, false);
	}

	/**
	 * Return these settings with other bounds for branches.
	 * @param maxRunning how many may run at once, from 1
	 * @param maxParked how many may keep their threads while they are blocked, from 0
	 * @return the settings
	 */
	public EngineSettings withBranches(int maxRunning, int maxParked) {
		return new EngineSettings(this.maxConcurrentExecutions, this.pollInterval, this.heartbeatInterval,
				this.nodeTimeout, this.shutdownTimeout, this.unwindTimeout, this.executionTimeout, this.maxPayloadSize,
				maxRunning, maxParked, this.replayLogging);
	}

	/**
	 * Return these settings with or without replay logging.
	 * @param replayLogging whether the loggers of contexts log again what is replayed
	 * @return the settings
	 */
	public EngineSettings withReplayLogging(boolean replayLogging) {
		return new EngineSettings(this.maxConcurrentExecutions, this.pollInterval, this.heartbeatInterval,
				this.nodeTimeout, this.shutdownTimeout, this.unwindTimeout, this.executionTimeout, this.maxPayloadSize,
				this.maxRunningBranches, this.maxParkedBranches, replayLogging);
	}

	/**
	 * Return the defaults: 200 executions, poll 1 s, heartbeat 2 s, node timeout 10 s,
	 * shutdown 30 s, unwind 10 s, execution timeout 366 days (AWS's longest), payloads of
	 * 6,291,456 bytes (the largest field of AWS's API), 256 running and 256 parked
	 * branches, no replay logging.
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
