package dev.durable.conformance;

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * One requirement, as its file says it.
 *
 * @param id such as {@code 1-12}
 * @param suite the directory, such as {@code step}
 * @param content the file's fields
 */
record Requirement(String id, String suite, JsonNode content) {

	/** The fields that say what must come out. */
	private static final List<String> EXPECTATIONS = List.of("ExpectedResult", "ExpectedExecutionHistory",
			"ExpectedLogs");

	String description() {
		return this.content.path("description").asString("").strip().replaceAll("\\s+", " ");
	}

	/** Whether it says what must come out. */
	boolean isCheckable() {
		return EXPECTATIONS.stream().anyMatch(this.content::hasNonNull);
	}

	/** Return a part of the file; a missing node if it has none. */
	JsonNode part(String name) {
		return this.content.path(name);
	}

	@Override
	public String toString() {
		return "%s (%s): %s".formatted(this.id, this.suite, description());
	}

}
