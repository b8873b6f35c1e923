package dev.durable;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Writes the values of one operation as text and reads them back, in place of the host's
 * payload codec.
 * <p>
 * The text is recorded as it is, so a value must survive the round trip. Thread-safe.
 *
 * @param <T> the values
 */
public interface ValueCodec<T extends @Nullable Object> {

	/**
	 * Write a value.
	 * @param value the value
	 * @return the text; an exception fails the operation
	 */
	String encode(T value);

	/**
	 * Read a value.
	 * @param text what was recorded, or what came from outside
	 * @return the value; an exception fails the operation, and on replay blocks the
	 * execution
	 */
	T decode(String text);

	/**
	 * Return a codec of two functions.
	 * @param <T> the values
	 * @param encoder writes
	 * @param decoder reads
	 * @return the codec
	 */
	static <T extends @Nullable Object> ValueCodec<T> of(Function<? super T, String> encoder,
			Function<String, ? extends T> decoder) {
		return new ValueCodec<>() {

			@Override
			public String encode(T value) {
				return encoder.apply(value);
			}

			@Override
			public T decode(String text) {
				return decoder.apply(text);
			}

		};
	}

}
