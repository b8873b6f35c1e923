package dev.durable.store;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The small facts of an event, by name. Immutable.
 *
 * @param values the facts as text
 */
public record EventDetails(Map<String, String> values) {

	/** No facts. */
	public static final EventDetails NONE = new EventDetails(Map.of());

	public EventDetails {
		values = Map.copyOf(values);
	}

	/**
	 * Return these details and one more.
	 * @param key its name, a plain identifier
	 * @param value its value; {@code null} leaves it out
	 * @return the details
	 */
	public EventDetails with(String key, @Nullable Object value) {
		if (value == null) {
			return this;
		}
		Map<String, String> more = new LinkedHashMap<>(this.values);
		more.put(key, value.toString());
		return new EventDetails(more);
	}

	/**
	 * Return a fact as text.
	 * @param key its name
	 * @return the text, or {@code null}
	 */
	public @Nullable String text(String key) {
		return this.values.get(key);
	}

	/**
	 * Return a fact as a number.
	 * @param key its name
	 * @return the number, or zero
	 */
	public int number(String key) {
		String text = this.values.get(key);
		return (text != null) ? Integer.parseInt(text) : 0;
	}

	/**
	 * Return a fact as a duration.
	 * @param key its name
	 * @return the duration, or {@code null}
	 */
	public @Nullable Duration duration(String key) {
		String text = this.values.get(key);
		return (text != null) ? Duration.parse(text) : null;
	}

	/**
	 * Return a fact as a point in time.
	 * @param key its name
	 * @return the time, or {@code null}
	 */
	public @Nullable Instant instant(String key) {
		String text = this.values.get(key);
		return (text != null) ? Instant.parse(text) : null;
	}

	/**
	 * Write the details as one short text.
	 * @return {@code key=value} pairs, percent-encoded and joined by {@code &}
	 */
	public String encode() {
		return this.values.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map((entry) -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
	}

	/**
	 * Read what {@link #encode()} wrote.
	 * @param text the text; {@code null} or empty for none
	 * @return the details
	 */
	public static EventDetails decode(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return NONE;
		}
		Map<String, String> values = new LinkedHashMap<>();
		for (String pair : text.split("&", -1)) {
			int equals = pair.indexOf('=');
			values.put(pair.substring(0, equals),
					URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
		}
		return new EventDetails(values);
	}

}
