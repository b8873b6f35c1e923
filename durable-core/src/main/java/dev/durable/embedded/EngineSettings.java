package dev.durable.embedded;

import java.time.Duration;

/**
 * The numbers of an embedded engine.
 *
 * @param node how this node works
 * @param executions what holds for every execution
 * @param branches how many branches of one execution have threads
 */
public record EngineSettings(Node node, Executions executions, Branches branches) {

	/**
	 * Return the defaults: 200 executions, poll 1 s, heartbeat 2 s, node timeout 10 s,
	 * shutdown 30 s, execution timeout 366 days (AWS's longest), retention 14 days (AWS's
	 * default), unwind 10 s, payloads of 6,291,456 bytes (the largest field of AWS's
	 * API), no replay logging, 256 running and 256 parked branches.
	 * @return the settings
	 */
	public static EngineSettings defaults() {
		return new EngineSettings(
				new Node(200, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(10),
						Duration.ofSeconds(30)),
				new Executions(Duration.ofDays(366), Duration.ofDays(14), Duration.ofSeconds(10), 6_291_456, false),
				new Branches(256, 256));
	}

	/**
	 * Return these settings with another way for this node to work.
	 * @param node how it works
	 * @return the settings
	 */
	public EngineSettings with(Node node) {
		return new EngineSettings(node, this.executions, this.branches);
	}

	/**
	 * Return these settings with others for executions.
	 * @param executions what holds for every execution
	 * @return the settings
	 */
	public EngineSettings with(Executions executions) {
		return new EngineSettings(this.node, executions, this.branches);
	}

	/**
	 * Return these settings with other bounds for branches.
	 * @param maxRunning how many may run at once, from 1
	 * @param maxParked how many may keep their threads while they are blocked, from 0
	 * @return the settings
	 */
	public EngineSettings withBranches(int maxRunning, int maxParked) {
		return new EngineSettings(this.node, this.executions, new Branches(maxRunning, maxParked));
	}

	/**
	 * Return these settings with another retention.
	 * @param retention how long ended executions are kept; negative for ever
	 * @return the settings
	 */
	public EngineSettings withRetention(Duration retention) {
		return with(new Executions(this.executions.timeout(), retention, this.executions.unwindTimeout(),
				this.executions.maxPayloadSize(), this.executions.replayLogging()));
	}

	/**
	 * Return these settings with or without replay logging.
	 * @param replayLogging whether the loggers of contexts log again what is replayed
	 * @return the settings
	 */
	public EngineSettings withReplayLogging(boolean replayLogging) {
		return with(new Executions(this.executions.timeout(), this.executions.retention(),
				this.executions.unwindTimeout(), this.executions.maxPayloadSize(), replayLogging));
	}

	private static void positive(String field, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException("'%s' must be more than zero but was %s".formatted(field, value));
		}
	}

	private static void atLeast(int least, String field, int value) {
		if (value < least) {
			throw new IllegalArgumentException("'%s' must be at least %d but was %d".formatted(field, least, value));
		}
	}

	/**
	 * How this node works.
	 *
	 * @param maxConcurrentExecutions executions that this node works on at once, from 1
	 * @param pollInterval how often the store is asked for due executions that no timer
	 * and no signal announced
	 * @param heartbeatInterval how often this node reports that it is alive
	 * @param nodeTimeout how long a node may be silent before others take its executions
	 * over; more than two heartbeat intervals
	 * @param shutdownTimeout how long running steps may take to finish on shutdown
	 */
	public record Node(int maxConcurrentExecutions, Duration pollInterval, Duration heartbeatInterval,
			Duration nodeTimeout, Duration shutdownTimeout) {

		public Node {
			atLeast(1, "maxConcurrentExecutions", maxConcurrentExecutions);
			positive("pollInterval", pollInterval);
			positive("heartbeatInterval", heartbeatInterval);
			positive("shutdownTimeout", shutdownTimeout);
			if (nodeTimeout.compareTo(heartbeatInterval.multipliedBy(2)) <= 0) {
				throw new IllegalArgumentException(
						"'nodeTimeout' must be more than two heartbeat intervals (%s) but was %s, or living nodes would lose their executions"
							.formatted(heartbeatInterval.multipliedBy(2), nodeTimeout));
			}
		}

	}

	/**
	 * What holds for every execution.
	 *
	 * @param timeout how long an execution may take unless its function says otherwise
	 * @param retention how long an execution is kept after its end unless its function
	 * says otherwise; zero removes it at the next sweep, a negative one keeps it for ever
	 * @param unwindTimeout how long user code may take to leave when its execution
	 * suspends
	 * @param maxPayloadSize largest encoded payload in bytes, from 1024
	 * @param replayLogging whether the loggers of contexts log again what is replayed
	 */
	public record Executions(Duration timeout, Duration retention, Duration unwindTimeout, int maxPayloadSize,
			boolean replayLogging) {

		public Executions {
			positive("executionTimeout", timeout);
			positive("unwindTimeout", unwindTimeout);
			atLeast(1024, "maxPayloadSize", maxPayloadSize);
		}

		/**
		 * Create settings with the default retention and without replay logging.
		 * @see #Executions(Duration, Duration, Duration, int, boolean)
		 */
		public Executions(Duration timeout, Duration unwindTimeout, int maxPayloadSize) {
			this(timeout, Duration.ofDays(14), unwindTimeout, maxPayloadSize, false);
		}

	}

	/**
	 * How many branches of one execution have threads.
	 *
	 * @param maxRunning how many may run at once, from 1
	 * @param maxParked how many blocked ones may keep their threads, from 0; others start
	 * again from their records when they can go on
	 */
	public record Branches(int maxRunning, int maxParked) {

		public Branches {
			atLeast(1, "maxRunningBranches", maxRunning);
			atLeast(0, "maxParkedBranches", maxParked);
		}

	}

}
