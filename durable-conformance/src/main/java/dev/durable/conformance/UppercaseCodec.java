package dev.durable.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.durable.ValueCodec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Codecs as users write them, which turn texts into upper case. Thread-safe. */
public final class UppercaseCodec {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private UppercaseCodec() {
	}

	/**
	 * Return a codec that writes all texts of a value in upper case.
	 * @param <T> the values
	 * @param type the values' class
	 * @return the codec
	 */
	public static <T> ValueCodec<T> onEncode(Class<T> type) {
		return ValueCodec.of((value) -> JSON.writeValueAsString(uppercase(JSON.convertValue(value, Object.class))),
				(text) -> JSON.readValue(text, type));
	}

	/**
	 * Return a codec that reads a text in upper case.
	 * @return the codec
	 */
	public static ValueCodec<String> onDecode() {
		return ValueCodec.of(JSON::writeValueAsString,
				(text) -> JSON.readValue(text, String.class).toUpperCase(Locale.ROOT));
	}

	private static @Nullable Object uppercase(@Nullable Object value) {
		if (value instanceof String text) {
			return text.toUpperCase(Locale.ROOT);
		}
		if (value instanceof List<?> list) {
			return list.stream().map(UppercaseCodec::uppercase).toList();
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> result = new LinkedHashMap<>();
			map.forEach((key, each) -> result.put(key, uppercase(each)));
			return result;
		}
		return value;
	}

}
