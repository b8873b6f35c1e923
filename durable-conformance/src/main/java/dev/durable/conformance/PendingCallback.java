package dev.durable.conformance;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.durable.EventType;
import dev.durable.OperationRef;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
import tools.jackson.databind.JsonNode;

/**
 * A callback that somebody outside may complete.
 *
 * @param name its name; empty if it has none
 * @param id what the outsider was told
 * @param startedAt when it began
 */
record PendingCallback(String name, String id, Instant startedAt) {

	/** Find those that have not ended. */
	static List<PendingCallback> in(List<Event> history) {
		return history.stream()
			.filter((event) -> event.type() == EventType.CALLBACK_STARTED)
			.filter((event) -> history.stream()
				.noneMatch((other) -> other.position() > event.position()
						&& Objects.equals(event.operation(), other.operation())))
			.map(PendingCallback::of)
			.toList();
	}

	/**
	 * Find those that have not ended in a history as it is shown; none if an invocation
	 * runs or follows. On all hosts, outsiders act when nothing runs.
	 */
	static List<PendingCallback> shown(List<JsonNode> events) {
		if (events.isEmpty() || !isOf("InvocationCompleted", events.get(events.size() - 1))) {
			return List.of();
		}
		return events.stream()
			.filter((event) -> isOf("CallbackStarted", event))
			.filter((event) -> events.stream()
				.filter((other) -> other.path("Id").equals(event.path("Id")))
				.allMatch((other) -> other == event))
			.map((event) -> new PendingCallback(event.path("Name").asString(""),
					event.path("CallbackStartedDetails").path("CallbackId").asString(), time(event)))
			.toList();
	}

	private static boolean isOf(String type, JsonNode event) {
		return event.path("EventType").asString().equals(type);
	}

	/** The service writes seconds with fractions. */
	private static Instant time(JsonNode event) {
		return Instant.ofEpochMilli(event.path("EventTimestamp").decimalValue().movePointRight(3).longValue());
	}

	/** The outsider was told the id; a history does not show all of it. */
	private static PendingCallback of(Event event) {
		OperationRef operation = Objects.requireNonNull(event.operation());
		Payload id = Objects.requireNonNull(event.content().payload());
		return new PendingCallback((operation.name() != null) ? operation.name() : "", Json.parse(id.text()).asString(),
				event.timestamp());
	}

}
