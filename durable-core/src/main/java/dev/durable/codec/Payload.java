package dev.durable.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Encoded bytes of a value or an error. Immutable by agreement: nobody changes the array.
 *
 * @param bytes the bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record Payload(byte[] bytes) {

	/**
	 * Return a payload with the UTF-8 bytes of a text.
	 * @param text the text
	 * @return the payload
	 */
	public static Payload ofText(String text) {
		return new Payload(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return the number of bytes.
	 * @return zero or more
	 */
	public int size() {
		return this.bytes.length;
	}

	/**
	 * Return the bytes read as UTF-8.
	 * @return the text
	 */
	public String text() {
		return new String(this.bytes, StandardCharsets.UTF_8);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Payload that && Arrays.equals(this.bytes, that.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.bytes);
	}

	/** Tell the size only: payloads are not logged. */
	@Override
	public String toString() {
		return "Payload[%d bytes]".formatted(this.bytes.length);
	}

}
