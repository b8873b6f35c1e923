package dev.durable.store.tck;

import java.time.Instant;

import dev.durable.EventType;
import dev.durable.OperationId;
import dev.durable.OperationSubType;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import dev.durable.OperationRef;
import org.jspecify.annotations.Nullable;

/** Builds events of which a test names only what matters to it. */
final class Events {

	static final String INVOCATION = "invocation-1";

	static final Instant TIMESTAMP = Instant.parse("2026-01-01T00:00:00.123Z");

	private Events() {
	}

	static Event at(long position) {
		return at(position, INVOCATION);
	}

	static Event at(long position, String invocation) {
		return event(position, EventType.INVOCATION_COMPLETED, invocation, null, EventContent.NONE);
	}

	static Event started() {
		return event(1, EventType.EXECUTION_STARTED, INVOCATION, null,
				new EventContent(Payload.ofText("{}"), null, EventDetails.NONE));
	}

	static Event step(long position, @Nullable Payload payload) {
		return event(position, EventType.STEP_SUCCEEDED, INVOCATION, operation("step-" + position),
				new EventContent(payload, null, EventDetails.NONE));
	}

	static Event event(long position, EventType type, String invocation, @Nullable OperationRef operation,
			EventContent content) {
		return new Event(position, type, invocation, TIMESTAMP, operation, content);
	}

	static OperationRef operation(String id) {
		return new OperationRef(new OperationId(id), null, "reserve", OperationSubType.STEP);
	}

}
