package dev.durable.lambda.emulator;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON as AWS's services do. */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private Json() {
	}

	static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	/**
	 * Read a document.
	 * @return the document, or {@code null} if the bytes are none
	 */
	static @Nullable JsonNode read(byte[] bytes) {
		try {
			JsonNode node = MAPPER.readTree(bytes);
			return node.isMissingNode() ? null : node;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	static byte[] bytes(JsonNode node) {
		return MAPPER.writeValueAsBytes(node);
	}

	/** Put a text, unless there is none. */
	static void put(ObjectNode node, String name, @Nullable String text) {
		if (text != null) {
			node.put(name, text);
		}
	}

	/** Return a member's text; {@code null} if it is missing, null or no text. */
	static @Nullable String text(@Nullable JsonNode node, String name) {
		JsonNode member = (node != null) ? node.get(name) : null;
		return (member != null && member.isString()) ? member.stringValue() : null;
	}

	/** A time as the REST protocol has it: seconds since 1970 with milliseconds. */
	static BigDecimal seconds(Instant time) {
		return BigDecimal.valueOf(time.toEpochMilli(), 3);
	}

}
