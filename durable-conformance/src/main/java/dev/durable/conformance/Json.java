package dev.durable.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How the run reads and writes JSON. */
final class Json {

	static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private Json() {
	}

	/** Return maps, lists and values as a tree. */
	static JsonNode tree(@Nullable Object value) {
		return MAPPER.valueToTree(value);
	}

	static JsonNode parse(String text) {
		return MAPPER.readTree(text);
	}

	static JsonNode parse(byte[] text) {
		return MAPPER.readTree(text);
	}

	/** Return what a text holds, or the text itself if that is not JSON. */
	static JsonNode parseLeniently(String text) {
		try {
			return parse(text);
		}
		catch (JacksonException ex) {
			return MAPPER.getNodeFactory().stringNode(text);
		}
	}

	/** Return a field, or {@code null} if it is absent or null. */
	static @Nullable JsonNode field(JsonNode node, String name) {
		JsonNode field = node.get(name);
		return (field == null || field.isNull()) ? null : field;
	}

	/** Return the elements of an array. */
	static List<JsonNode> list(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false).toList();
	}

	static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	/** Write a file into a directory, which is created if it is missing. */
	static void write(Path directory, String file, @Nullable Object value) {
		try {
			Files.createDirectories(directory);
			Files.writeString(directory.resolve(file), MAPPER.writeValueAsString(value) + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static <T> T read(Path file, Class<T> type) {
		return MAPPER.readValue(file, type);
	}

}
