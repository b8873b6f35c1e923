package dev.durable;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long a callback may take, and how its result is read.
 *
 * @param timeout time from creation to completion; zero for none
 * @param heartbeatTimeout time from creation or heartbeat to the next heartbeat or the
 * completion; zero for none
 * @param codec reads the result, or {@code null} for the host's payload codec; it must
 * fit the result's type
 */
public record CallbackOptions(Duration timeout, Duration heartbeatTimeout, @Nullable ValueCodec<?> codec) {

	/** AWS's bound, 99,999,999 seconds. */
	private static final Duration MAX = Duration.ofSeconds(99_999_999);

	private static final CallbackOptions DEFAULTS = new CallbackOptions(Duration.ZERO, Duration.ZERO);

	public CallbackOptions {
		check("timeout", timeout);
		check("heartbeatTimeout", heartbeatTimeout);
	}

	/**
	 * Create options with the host's payload codec.
	 * @param timeout zero (none) to 99,999,999 seconds
	 * @param heartbeatTimeout zero (none) to 99,999,999 seconds
	 */
	public CallbackOptions(Duration timeout, Duration heartbeatTimeout) {
		this(timeout, heartbeatTimeout, null);
	}

	/**
	 * Return options without timeouts.
	 * @return the options
	 */
	public static CallbackOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these options with another timeout.
	 * @param timeout zero (none) to 99,999,999 seconds
	 * @return the options
	 */
	public CallbackOptions withTimeout(Duration timeout) {
		return new CallbackOptions(timeout, this.heartbeatTimeout, this.codec);
	}

	/**
	 * Return these options with another heartbeat timeout.
	 * @param heartbeatTimeout zero (none) to 99,999,999 seconds
	 * @return the options
	 */
	public CallbackOptions withHeartbeatTimeout(Duration heartbeatTimeout) {
		return new CallbackOptions(this.timeout, heartbeatTimeout, this.codec);
	}

	/**
	 * Return these options with a codec for the result.
	 * @param codec reads what completes the callback
	 * @return the options
	 */
	public CallbackOptions withCodec(ValueCodec<?> codec) {
		return new CallbackOptions(this.timeout, this.heartbeatTimeout, codec);
	}

	private static void check(String field, Duration value) {
		if (value.isNegative() || value.compareTo(MAX) > 0) {
			throw new IllegalArgumentException(
					"'%s' must be between zero (none) and %s but was %s".formatted(field, MAX, value));
		}
	}

}
