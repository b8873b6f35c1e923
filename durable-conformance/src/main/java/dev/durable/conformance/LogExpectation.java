package dev.durable.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * Counts and orders log entries. An entry matches when all expected fields do; a text
 * between slashes is a regular expression that is searched in the field's text.
 *
 * @param variables what is bound
 * @param entries what was logged, in order
 */
record LogExpectation(Variables variables, List<JsonNode> entries) {

	/** Return what is wrong with one expectation of a requirement, or nothing. */
	List<String> check(JsonNode expected) {
		JsonNode match = this.variables.resolve(expected.path("match"));
		List<Integer> found = find(match);
		List<String> differences = new ArrayList<>();
		if (expected.has("count") && found.size() != expected.get("count").asInt()) {
			differences.add("logs: expected %d times %s but found it %d times".formatted(expected.get("count").asInt(),
					match, found.size()));
		}
		int least = expected.has("min_count") ? expected.get("min_count").asInt() : expected.has("count") ? 0 : 1;
		if (found.size() < least) {
			differences
				.add("logs: expected at least %d times %s but found it %d times".formatted(least, match, found.size()));
		}
		for (JsonNode earlier : expected.path("after")) {
			checkOrder(this.variables.resolve(earlier), match, found, differences);
		}
		return differences;
	}

	private void checkOrder(JsonNode earlier, JsonNode match, List<Integer> found, List<String> differences) {
		List<Integer> before = find(earlier);
		boolean ordered = !before.isEmpty() && found.stream().allMatch((place) -> before.get(0) < place);
		if (!ordered) {
			differences
				.add("logs: expected %s after %s but found them at %s and %s".formatted(match, earlier, found, before));
		}
	}

	/** Return the places of the entries that match. */
	private List<Integer> find(JsonNode match) {
		List<Integer> places = new ArrayList<>();
		for (int i = 0; i < this.entries.size(); i++) {
			if (matches(match, this.entries.get(i))) {
				places.add(i);
			}
		}
		return places;
	}

	private static boolean matches(JsonNode match, JsonNode entry) {
		return match.properties().stream().allMatch((field) -> {
			JsonNode actual = Json.field(entry, field.getKey());
			return actual != null && matchesValue(field.getValue(), actual);
		});
	}

	private static boolean matchesValue(JsonNode expected, JsonNode actual) {
		String text = expected.asString("");
		if (expected.isString() && text.length() > 1 && text.startsWith("/") && text.endsWith("/")) {
			return Pattern.compile(text.substring(1, text.length() - 1)).matcher(Variables.asText(actual)).find();
		}
		List<String> differences = new ArrayList<>();
		new Expectation(new Variables(), differences).compare("", expected, actual);
		return differences.isEmpty();
	}

}
