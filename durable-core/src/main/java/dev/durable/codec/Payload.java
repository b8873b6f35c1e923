package dev.durable.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Encoded bytes of a value or an error. Immutable by agreement: nobody changes the array.
 * <p>
 * The bytes of a lazy payload are decrypted or fetched when they are first asked for:
 * until then {@link #bytes()}, {@link #text()}, {@link #equals} and {@link #hashCode} may
 * take time and may fail. Thread-safe.
 */
public final class Payload {

	private final @Nullable PayloadSource source;

	private volatile byte @Nullable [] bytes;

	/**
	 * Create a payload whose bytes are at hand.
	 * @param bytes the bytes
	 */
	public Payload(byte[] bytes) {
		this.source = null;
		this.bytes = Objects.requireNonNull(bytes, "'bytes' must not be null");
	}

	private Payload(PayloadSource source) {
		this.source = source;
	}

	/**
	 * Return a payload with the UTF-8 bytes of a text.
	 * @param text the text
	 * @return the payload
	 */
	public static Payload ofText(String text) {
		return new Payload(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return a payload whose bytes are loaded when they are first asked for.
	 * @param source where they are
	 * @return the payload
	 */
	public static Payload lazy(PayloadSource source) {
		return new Payload(source);
	}

	/**
	 * Return the bytes.
	 * @return the bytes
	 * @throws PayloadSealedException if they cannot be read with what is configured now
	 * @throws PayloadUnavailableException if where they are kept cannot be reached
	 */
	public byte[] bytes() {
		byte[] known = this.bytes;
		if (known == null) {
			known = Objects.requireNonNull(this.source).load();
			this.bytes = known;
		}
		return known;
	}

	/**
	 * Return the number of bytes, which is known without loading them.
	 * @return zero or more
	 */
	public int size() {
		byte[] known = this.bytes;
		return (known != null) ? known.length : Objects.requireNonNull(this.source).size();
	}

	/**
	 * Return the bytes read as UTF-8.
	 * @return the text
	 * @see #bytes()
	 */
	public String text() {
		return new String(bytes(), StandardCharsets.UTF_8);
	}

	/**
	 * Return whether the bytes are at hand, so that {@link #bytes()} neither takes time
	 * nor fails.
	 * @return whether they are
	 */
	public boolean isLoaded() {
		return this.bytes != null;
	}

	/**
	 * Return where the bytes were read from.
	 * @return the source of a lazy payload, else {@code null}
	 */
	public @Nullable PayloadSource source() {
		return this.source;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof Payload that && Arrays.equals(bytes(), that.bytes()));
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(bytes());
	}

	/** Tell the size only: payloads are not logged. */
	@Override
	public String toString() {
		return "Payload[%d bytes]".formatted(size());
	}

}
