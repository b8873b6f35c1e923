package dev.durable.lambda;

import java.lang.reflect.Type;
import java.util.Optional;

import dev.durable.codec.ArgumentsType;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;

/**
 * Makes the input of a durable function of what a caller of the catalog hands over: JSON
 * as bytes or text, or a value.
 *
 * @param codec reads it
 * @param type the type of the input
 */
record CatalogInput(PayloadCodec codec, Type type) {

	@Nullable Object read(@Nullable Object received) {
		Object value = (received instanceof Message<?> message) ? message.getPayload() : received;
		if (value == null || this.type == Void.class || Optional.empty().equals(value)) {
			return null;
		}
		if (value instanceof byte[] bytes) {
			return decode(new Payload(bytes));
		}
		if (value instanceof String text) {
			return text(text);
		}
		return isInput(value) ? value : decode(this.codec.encode(value, Object.class));
	}

	/** A text for a text need not be JSON. */
	private @Nullable Object text(String text) {
		boolean json = this.type != String.class || text.startsWith("\"");
		return json ? decode(Payload.ofText(text)) : text;
	}

	private @Nullable Object decode(Payload json) {
		return this.codec.decode(json, this.type);
	}

	private boolean isInput(Object value) {
		Class<?> raw = (this.type instanceof ArgumentsType) ? Object[].class
				: ResolvableType.forType(this.type).toClass();
		return raw != Object.class && raw.isInstance(value);
	}

}
