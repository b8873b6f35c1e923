package dev.durable.conformance.callback;

import java.time.Instant;

import dev.durable.CallbackOptions;
import dev.durable.DurableContext;
import dev.durable.DurableFunction;
import dev.durable.ValueCodec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/** Callbacks whose results are read by codecs of their own. */
@Component
class CallbackCodecs {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final ValueCodec<Message> MESSAGES = ValueCodec.of(JSON::writeValueAsString, CallbackCodecs::read);

	private static final ValueCodec<Integer> NUMBERS = ValueCodec.of(String::valueOf, Integer::valueOf);

	private final DurableContext durable;

	CallbackCodecs(DurableContext durable) {
		this.durable = durable;
	}

	private static Message read(String text) {
		JsonNode raw = JSON.readTree(text);
		return new Message(raw.get("id").asString(), raw.get("message").asString(),
				Instant.parse(raw.get("timestamp").asString()).getEpochSecond());
	}

	@DurableFunction(name = "4-15")
	Message typedObject(String name) {
		return this.durable.createCallback(name, Message.class, CallbackOptions.defaults().withCodec(MESSAGES)).get();
	}

	@DurableFunction(name = "4-16")
	Doubled number(String name) {
		int count = this.durable.createCallback(name, Integer.class, CallbackOptions.defaults().withCodec(NUMBERS))
			.get();
		return new Doubled(count, 2 * count);
	}

	/** The timestamp is in seconds. */
	record Message(String id, String message, long timestamp) {

	}

	record Doubled(int count, int doubled) {

	}

}
