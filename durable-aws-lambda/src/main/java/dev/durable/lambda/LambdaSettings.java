package dev.durable.lambda;

import java.time.Duration;

/**
 * The numbers of Lambda durable functions.
 *
 * @param checkpoints how updates are sent
 * @param limits what the service allows
 * @param invocations how code runs
 */
public record LambdaSettings(Checkpoints checkpoints, Limits limits, Invocations invocations) {

	/**
	 * Return the defaults: those of the service's own SDKs, and its documented limits.
	 * @return the settings
	 */
	public static LambdaSettings defaults() {
		return new LambdaSettings(new Checkpoints(200, 768_000, Duration.ZERO),
				new Limits(3_000, 104_857_600, 262_144, 32_768, 6_291_406),
				new Invocations(Duration.ofMillis(500), Duration.ofSeconds(10), 256, 256, false));
	}

	/**
	 * Return these settings with another way to send updates.
	 * @param checkpoints how updates are sent
	 * @return the settings
	 */
	public LambdaSettings with(Checkpoints checkpoints) {
		return new LambdaSettings(checkpoints, this.limits, this.invocations);
	}

	/**
	 * Return these settings with other limits.
	 * @param limits what the service allows
	 * @return the settings
	 */
	public LambdaSettings with(Limits limits) {
		return new LambdaSettings(this.checkpoints, limits, this.invocations);
	}

	/**
	 * Return these settings with another way to run code.
	 * @param invocations how code runs
	 * @return the settings
	 */
	public LambdaSettings with(Invocations invocations) {
		return new LambdaSettings(this.checkpoints, this.limits, invocations);
	}

	private static void atLeast(long least, String field, long value) {
		if (value < least) {
			throw new IllegalArgumentException("'%s' must be at least %d but was %d".formatted(field, least, value));
		}
	}

	private static void notNegative(String field, Duration value) {
		if (value.isNegative()) {
			throw new IllegalArgumentException("'%s' must not be negative but was %s".formatted(field, value));
		}
	}

	/**
	 * How updates are sent.
	 *
	 * @param maxUpdates most updates of one call, from 1; default 200, as AWS's SDK for
	 * Java sends them
	 * @param maxBytes most bytes of one call, from 1024; a larger update goes alone;
	 * default 750 KiB, as all of AWS's SDKs send them
	 * @param delay how long an update that nobody waits for may wait for others; default
	 * zero, as in AWS's SDKs
	 */
	public record Checkpoints(int maxUpdates, int maxBytes, Duration delay) {

		public Checkpoints {
			atLeast(1, "maxUpdates", maxUpdates);
			atLeast(1024, "maxBytes", maxBytes);
			notNegative("delay", delay);
		}

	}

	/**
	 * What the service allows. Lower numbers protect other budgets; higher ones only make
	 * the service refuse what is sent, with a less helpful message.
	 *
	 * @param operations most operations of an execution, as the service meters them;
	 * default 3,000, a hard quota of the Lambda developer guide
	 * @param storedBytes most bytes that an execution may record in its life; default 100
	 * MB, a hard quota of the same guide
	 * @param payloadBytes largest payload of one operation; default 262,144 bytes, above
	 * which the service refuses a checkpoint
	 * @param errorBytes largest error as JSON, from 4096; default 32,768 bytes, above
	 * which AWS's own emulator refuses a checkpoint
	 * @param responseBytes largest response of an invocation; a larger result is recorded
	 * instead; default 6 MiB less 50 bytes, as in AWS's SDKs
	 */
	public record Limits(int operations, long storedBytes, int payloadBytes, int errorBytes, int responseBytes) {

		public Limits {
			atLeast(1, "operations", operations);
			atLeast(1024, "storedBytes", storedBytes);
			atLeast(1024, "payloadBytes", payloadBytes);
			atLeast(4096, "errorBytes", errorBytes);
			atLeast(1024, "responseBytes", responseBytes);
		}

	}

	/**
	 * How code runs.
	 *
	 * @param drainBefore how long before the end of the time that Lambda gives an
	 * invocation no new operation begins any more, a quarter of that time at most;
	 * default 500 ms
	 * @param unwindTimeout how long user code may take to leave when its execution
	 * suspends; default 10 s
	 * @param maxRunning how many branches of an execution may run at once, from 1;
	 * default 256
	 * @param maxParked how many blocked branches may keep their threads, from 0; default
	 * 256
	 * @param replayLogging whether the loggers of contexts log again what is replayed;
	 * default no
	 */
	public record Invocations(Duration drainBefore, Duration unwindTimeout, int maxRunning, int maxParked,
			boolean replayLogging) {

		public Invocations {
			notNegative("drainBefore", drainBefore);
			notNegative("unwindTimeout", unwindTimeout);
			atLeast(1, "maxRunning", maxRunning);
			atLeast(0, "maxParked", maxParked);
		}

	}

}
