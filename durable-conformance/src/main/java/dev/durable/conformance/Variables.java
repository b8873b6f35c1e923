package dev.durable.conformance;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values that <code>${NAME}</code> stands for in one requirement. Not thread-safe.
 */
final class Variables {

	private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

	private static final Pattern GENERATOR = Pattern.compile("\\$\\{GEN_STR:(\\d+)}");

	private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

	private final Map<String, JsonNode> values = new TreeMap<>();

	/**
	 * Return variables with generated and fixed values.
	 * @param declared the file's {@code Variables}, or a missing node
	 */
	static Variables of(JsonNode declared) {
		Variables variables = new Variables();
		declared.properties().forEach((entry) -> variables.bind(entry.getKey(), generated(entry.getValue())));
		return variables;
	}

	private static JsonNode generated(JsonNode declared) {
		Matcher generator = GENERATOR.matcher(declared.asString(""));
		return declared.isString()
				? Json.tree(generator.replaceAll((match) -> random(Integer.parseInt(match.group(1))))) : declared;
	}

	private static String random(int length) {
		StringBuilder text = new StringBuilder(length);
		for (int i = 0; i < length; i++) {
			text.append(ALPHABET.charAt(ThreadLocalRandom.current().nextInt(ALPHABET.length())));
		}
		return text.toString();
	}

	void bind(String name, JsonNode value) {
		this.values.put(name, value);
	}

	@Nullable JsonNode value(String name) {
		return this.values.get(name);
	}

	/** Return the variable that a text is nothing but, or {@code null}. */
	static @Nullable String only(String text) {
		Matcher reference = REFERENCE.matcher(text);
		return reference.matches() ? reference.group(1) : null;
	}

	/** Replace what is bound, wherever it is; what is not bound stays. */
	JsonNode resolve(JsonNode template) {
		if (template.isString()) {
			return resolve(template.asString());
		}
		if (template instanceof ObjectNode object) {
			ObjectNode resolved = Json.object();
			object.properties().forEach((entry) -> resolved.set(entry.getKey(), resolve(entry.getValue())));
			return resolved;
		}
		if (template instanceof ArrayNode array) {
			ArrayNode resolved = Json.MAPPER.createArrayNode();
			array.forEach((element) -> resolved.add(resolve(element)));
			return resolved;
		}
		return template;
	}

	private JsonNode resolve(String template) {
		String name = only(template);
		JsonNode value = (name != null) ? value(name) : null;
		return (value != null) ? value : Json.tree(text(template));
	}

	/** Replace what is bound inside a text. */
	String text(String template) {
		return REFERENCE.matcher(template).replaceAll((match) -> {
			JsonNode value = value(match.group(1));
			return Matcher.quoteReplacement((value != null) ? asText(value) : match.group());
		});
	}

	/** Return a string as it is, anything else as JSON. */
	static String asText(JsonNode value) {
		return value.isString() ? value.asString() : value.toString();
	}

	/** Return all that is bound by now, by name. */
	JsonNode toJson() {
		return Json.tree(this.values);
	}

}
