package dev.durable;

import org.jspecify.annotations.Nullable;

/**
 * How a child context is recorded.
 *
 * @param codec writes the result, or {@code null} for the host's payload codec; it must
 * fit the result's type
 */
public record ChildContextOptions(@Nullable ValueCodec<?> codec) {

	private static final ChildContextOptions DEFAULTS = new ChildContextOptions(null);

	/**
	 * Return the defaults.
	 * @return the options
	 */
	public static ChildContextOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these options with a codec for the result.
	 * @param codec writes and reads results of the context's type
	 * @return the options
	 */
	public ChildContextOptions withCodec(ValueCodec<?> codec) {
		return new ChildContextOptions(codec);
	}

}
