package dev.durable.conformance;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares what is expected with what is there, by the rules of the public requirements:
 * {@code '*'} and {@code {}} match any value that is there, <code>${NAME}</code> binds on
 * first use, <code>${/re/}</code> searches the value's text, and of an object only the
 * keys that are expected are compared.
 *
 * @param variables what is bound, and learns what is bound here
 * @param differences learns what does not match, one line each
 */
record Expectation(Variables variables, List<String> differences) {

	private static final Pattern SEARCH = Pattern.compile("\\$\\{/(.*)/}", Pattern.DOTALL);

	/**
	 * Compare.
	 * @param path where the value is, for the message
	 * @param expected what is expected
	 * @param actual what is there, {@code null} if nothing is
	 */
	void compare(String path, JsonNode expected, @Nullable JsonNode actual) {
		if (actual == null || actual.isMissingNode()) {
			if (!expected.isNull()) {
				differ(path, expected, "nothing");
			}
		}
		else if (expected.isString()) {
			compareText(path, expected.asString(), actual);
		}
		else if (expected.isObject()) {
			compareObject(path, expected, actual);
		}
		else if (expected.isArray()) {
			compareArray(path, expected, actual);
		}
		else if (!same(expected, actual)) {
			differ(path, expected, actual);
		}
	}

	private void compareText(String path, String expected, JsonNode actual) {
		var search = SEARCH.matcher(expected);
		String name = Variables.only(expected);
		if (expected.equals("*")) {
			return;
		}
		if (search.matches()) {
			if (!Pattern.compile(search.group(1)).matcher(Variables.asText(actual)).find()) {
				differ(path, "a text in which /%s/ is found".formatted(search.group(1)), actual);
			}
		}
		else if (name != null && this.variables.value(name) == null) {
			this.variables.bind(name, actual);
		}
		else if (!same(this.variables.resolve(Json.tree(expected)), actual)) {
			differ(path, this.variables.resolve(Json.tree(expected)), actual);
		}
	}

	private void compareObject(String path, JsonNode expected, JsonNode actual) {
		if (expected.isEmpty()) {
			return;
		}
		if (!actual.isObject()) {
			differ(path, "an object", actual);
			return;
		}
		expected.properties()
			.forEach((entry) -> compare(path + "." + entry.getKey(), entry.getValue(), actual.get(entry.getKey())));
	}

	private void compareArray(String path, JsonNode expected, JsonNode actual) {
		if (!actual.isArray() || actual.size() != expected.size()) {
			differ(path, expected, actual);
			return;
		}
		for (int i = 0; i < expected.size(); i++) {
			compare("%s[%d]".formatted(path, i), expected.get(i), actual.get(i));
		}
	}

	/** Numbers are compared by value, everything else as it is. */
	private static boolean same(JsonNode expected, JsonNode actual) {
		if (expected.isNumber() && actual.isNumber()) {
			return new BigDecimal(expected.toString()).compareTo(new BigDecimal(actual.toString())) == 0;
		}
		if (expected.isObject() && actual.isObject()) {
			return expected.size() == actual.size() && expected.properties()
				.stream()
				.allMatch((entry) -> actual.has(entry.getKey()) && same(entry.getValue(), actual.get(entry.getKey())));
		}
		if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
			for (int i = 0; i < expected.size(); i++) {
				if (!same(expected.get(i), actual.get(i))) {
					return false;
				}
			}
			return true;
		}
		return expected.equals(actual);
	}

	private void differ(String path, Object expected, Object actual) {
		this.differences.add("%s: expected %s but was %s".formatted(path, shorten(expected), shorten(actual)));
	}

	private static String shorten(Object value) {
		String text = value.toString();
		return (text.length() > 300) ? text.substring(0, 300) + "…" : text;
	}

}
