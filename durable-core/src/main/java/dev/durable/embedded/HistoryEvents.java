package dev.durable.embedded;

import java.util.List;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.durable.EventType;
import dev.durable.HistoryEvent;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
import org.jspecify.annotations.Nullable;

/** Shows stored events to people. */
final class HistoryEvents {

	private final ErrorCodec errors;

	HistoryEvents(ErrorCodec errors) {
		this.errors = errors;
	}

	List<HistoryEvent> show(List<Event> events) {
		return events.stream().map(this::show).toList();
	}

	private HistoryEvent show(Event event) {
		Payload error = event.content().error();
		Map<String, String> details = new LinkedHashMap<>(event.content().details().values());
		details.remove(Details.CALLBACK);
		return new HistoryEvent(event.position(), event.type(), event.timestamp(), event.operation(), payload(event),
				(error != null) ? this.errors.decode(error) : null, details);
	}

	/**
	 * The id of a callback is a secret: who reads a history must not be able to complete
	 * it.
	 */
	private static @Nullable String payload(Event event) {
		Payload payload = event.content().payload();
		return (payload != null && event.type() != EventType.CALLBACK_STARTED) ? payload.text() : null;
	}

}
