package dev.durable.conformance;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What came of a requirement's execution.
 *
 * @param status the execution's status, or {@code null} if none was started
 * @param result its result, or {@code null} if it has none
 * @param error its error, or {@code null} if it has none
 * @param events its history in AWS's shape
 * @param logs what was logged meanwhile
 */
record Outcome(@Nullable String status, @Nullable JsonNode result, @Nullable JsonNode error, List<JsonNode> events,
		List<JsonNode> logs) {

	/** No execution was started. */
	static final Outcome NONE = new Outcome(null, null, null, List.of(), List.of());

}
