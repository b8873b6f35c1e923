package dev.durable.operation;

import java.lang.reflect.Type;

import dev.durable.codec.Payload;
import dev.durable.codec.PayloadCodec;
import dev.durable.codec.PayloadCodecException;
import org.jspecify.annotations.Nullable;

/**
 * Encodes values within a host's size limits.
 *
 * @param codec the codec
 * @param operation the limit for one operation
 * @param result the limit for the result of an execution
 */
public record Payloads(PayloadCodec codec, Limit operation, Limit result) {

	/**
	 * Create what encodes on a host with one limit, which is a property.
	 * @param codec the codec
	 * @param maxSize largest payload in bytes
	 */
	public Payloads(PayloadCodec codec, int maxSize) {
		this(codec, new Limit(maxSize, "raise 'durable.payload.max-size'"),
				new Limit(maxSize, "raise 'durable.payload.max-size'"));
	}

	/**
	 * Return the largest payload of one operation.
	 * @return the number of bytes
	 */
	public int maxSize() {
		return this.operation.bytes();
	}

	/**
	 * Encode a value of any size.
	 * @param what the value's role, for the message
	 * @param value the value
	 * @param type its type
	 * @return the payload
	 * @throws PayloadCodecException if it cannot be written
	 */
	public Payload encodeUnbounded(String what, @Nullable Object value, Type type) {
		try {
			return this.codec.encode(value, type);
		}
		catch (PayloadCodecException ex) {
			throw new PayloadCodecException("%s cannot be recorded. %s".formatted(what, ex.getMessage()),
					ex.getCause());
		}
	}

	/**
	 * Encode a value.
	 * @param what the value's role, for the message
	 * @param value the value
	 * @param type its type
	 * @return the payload
	 * @throws PayloadCodecException if it cannot be written or is too large
	 */
	public Payload encode(String what, @Nullable Object value, Type type) {
		return bounded(what, encodeUnbounded(what, value, type));
	}

	/**
	 * Encode the result of an execution.
	 * @param what the value's role, for the message
	 * @param value the value
	 * @param type its type
	 * @return the payload
	 * @throws PayloadCodecException if it cannot be written or is too large
	 */
	public Payload encodeResult(String what, @Nullable Object value, Type type) {
		return bounded(what, encodeUnbounded(what, value, type), this.result);
	}

	/**
	 * Check that a payload may be recorded.
	 * @param what the value's role, for the message
	 * @param payload the payload
	 * @return the payload
	 * @throws PayloadCodecException if it is too large
	 */
	public Payload bounded(String what, Payload payload) {
		return bounded(what, payload, this.operation);
	}

	private static Payload bounded(String what, Payload payload, Limit limit) {
		if (payload.size() > limit.bytes()) {
			throw new PayloadCodecException(("%s cannot be recorded: it has %d bytes and at most %d are allowed. "
					+ "Record a reference to the data instead, or %s.")
				.formatted(what, payload.size(), limit.bytes(), limit.advice()), null);
		}
		return payload;
	}

	/**
	 * Decode a payload.
	 * @param what the value's role, for the message
	 * @param payload the payload; {@code null} gives {@code null}
	 * @param type its type
	 * @return the value
	 * @throws PayloadCodecException if it cannot be read
	 */
	public @Nullable Object decode(String what, @Nullable Payload payload, Type type) {
		try {
			return (payload != null) ? this.codec.decode(payload, type) : null;
		}
		catch (PayloadCodecException ex) {
			throw new PayloadCodecException("%s cannot be read. %s".formatted(what, ex.getMessage()), ex.getCause());
		}
	}

	/**
	 * A limit.
	 *
	 * @param bytes the largest payload
	 * @param advice what else to do about a larger one than to record a reference, as the
	 * end of a sentence
	 */
	public record Limit(int bytes, String advice) {

	}

}
