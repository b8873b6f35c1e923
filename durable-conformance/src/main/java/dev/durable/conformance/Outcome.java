package dev.durable.conformance;

import java.util.Arrays;
import java.util.List;

import dev.durable.EventType;
import dev.durable.ExecutionStatus;
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

	/** Read what came of an execution that has ended. */
	static Outcome of(List<JsonNode> events, List<JsonNode> logs) {
		JsonNode last = events.get(events.size() - 1);
		ExecutionStatus status = end(last);
		JsonNode details = last.path(last.path("EventType").asString() + "Details");
		JsonNode result = (status == ExecutionStatus.SUCCEEDED) ? Json.field(details.path("Result"), "Payload") : null;
		return new Outcome(String.valueOf(status), (result != null) ? Json.parseLeniently(result.asString()) : null,
				Json.field(details.path("Error"), "Payload"), events, logs);
	}

	/** Return how an event ends its execution, or {@code null} if it does not. */
	static @Nullable ExecutionStatus end(JsonNode event) {
		return Arrays.stream(EventType.values())
			.filter((type) -> type.text().equals(event.path("EventType").asString()))
			.findFirst()
			.map(EventType::ends)
			.orElse(null);
	}

}
