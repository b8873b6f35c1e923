package dev.durable.lambda.emulator;

import java.lang.reflect.Type;

import dev.durable.codec.Payload;
import dev.durable.codec.PayloadCodec;
import org.jspecify.annotations.Nullable;

/** Keeps texts as they are: what they mean is the business of functions. */
final class RawPayloadCodec implements PayloadCodec {

	@Override
	public Payload encode(@Nullable Object value, Type type) {
		return Payload.ofText(String.valueOf(value));
	}

	@Override
	public @Nullable Object decode(Payload payload, Type type) {
		return payload.text();
	}

}
