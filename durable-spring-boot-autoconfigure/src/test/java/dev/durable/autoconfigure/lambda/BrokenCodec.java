package dev.durable.autoconfigure.lambda;

import java.lang.reflect.Type;

import dev.durable.codec.Payload;
import dev.durable.codec.PayloadCodec;
import dev.durable.codec.PayloadCodecException;
import org.jspecify.annotations.Nullable;

/** A codec that writes and reads nothing. */
final class BrokenCodec implements PayloadCodec {

	@Override
	public Payload encode(@Nullable Object value, Type type) {
		throw new PayloadCodecException("Nothing can be written", null);
	}

	@Override
	public @Nullable Object decode(Payload payload, Type type) {
		throw new PayloadCodecException("Nothing can be read", null);
	}

}
