package dev.durable.codec;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * Writes values as payloads and reads them back.
 * <p>
 * A value must survive the round trip: code sees the decoded value on its first run as on
 * every replay. Implementations are thread-safe, support {@link ArgumentsType}, and never
 * let a payload choose the class that it becomes.
 */
public interface PayloadCodec {

	/**
	 * Encode a value.
	 * @param value the value, which may be {@code null}
	 * @param type its declared type
	 * @return the payload
	 * @throws PayloadCodecException if the value cannot be written
	 */
	Payload encode(@Nullable Object value, Type type);

	/**
	 * Decode a payload.
	 * @param payload the payload
	 * @param type the type to read
	 * @return the value
	 * @throws PayloadCodecException if the payload cannot be read as that type
	 */
	@Nullable Object decode(Payload payload, Type type);

}
