package dev.durable.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.durable.ErrorObject;
import dev.durable.EventType;
import dev.durable.HistoryEvent;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadSealedException;
import dev.durable.codec.PayloadSource;
import dev.durable.codec.PayloadUnavailableException;
import dev.durable.store.Event;
import dev.durable.store.EventDetails;
import org.jspecify.annotations.Nullable;

/** Shows stored events to people, each with what the events before it add. */
final class HistoryEvents {

	/** Set where something was recorded that a history does not show. */
	private static final String HIDDEN = "hidden";

	private static final String ENCRYPTED = "encrypted";

	private static final String OFFLOADED = "offloaded";

	private static final ErrorObject UNKNOWN = ErrorObject.of("Unknown", null);

	private static final String STARTED_AT = "startedAt";

	private static final String REQUEST_ID = "requestId";

	private final ErrorCodec errors;

	HistoryEvents(ErrorCodec errors) {
		this.errors = errors;
	}

	/** Show an execution's events, which begin with its first. */
	List<HistoryEvent> show(List<Event> events) {
		Walk walk = new Walk();
		return events.stream().map((event) -> show(event, walk.details(event))).toList();
	}

	private HistoryEvent show(Event event, Map<String, String> details) {
		// The id of a callback is a secret: who reads a history must not be able to
		// complete it. The details have the part that is none.
		Payload payload = (event.type() != EventType.CALLBACK_STARTED) ? event.content().payload() : null;
		Payload error = event.content().error();
		String text = (payload != null) ? text(payload) : null;
		if ((payload != null && text == null) || (error != null && text(error) == null)) {
			details.put(HIDDEN, "true");
		}
		putSource(details, payload);
		putSource(details, error);
		return new HistoryEvent(event.position(), event.type(), event.timestamp(), event.operation(), text,
				(error != null) ? error(error) : null, details);
	}

	/** How something is kept that is not shown. */
	private static void putSource(Map<String, String> details, @Nullable Payload payload) {
		PayloadSource source = (payload != null) ? payload.source() : null;
		if (source == null) {
			return;
		}
		if (source.keyId() != null) {
			details.put(ENCRYPTED, source.keyId());
		}
		if (source.isOffloaded()) {
			details.put(OFFLOADED, String.valueOf(source.size()));
		}
	}

	/** Of an error that cannot be shown, only the type is told, if that is at hand. */
	private ErrorObject error(Payload recorded) {
		if (recorded.source() != null && recorded.source().isOffloaded()) {
			return UNKNOWN;
		}
		try {
			ErrorObject error = this.errors.decode(recorded);
			return (text(recorded) != null) ? error : ErrorObject.of(error.errorType(), null);
		}
		catch (PayloadSealedException | PayloadUnavailableException ex) {
			return UNKNOWN;
		}
	}

	/** Return null for what is sealed, and for what is no text. */
	private static @Nullable String text(Payload payload) {
		if (payload.source() != null) {
			return null;
		}
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload.bytes())).toString();
			return text.chars().allMatch(HistoryEvents::isText) ? text : null;
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private static boolean isText(int character) {
		return character >= ' ' || character == '\n' || character == '\r' || character == '\t';
	}

	/** Goes through a history once, from its first event on. */
	private static final class Walk {

		private final Map<OperationId, String> durations = new HashMap<>();

		/** The running invocation's first event: that it began is not recorded. */
		private @Nullable Event begin;

		Map<String, String> details(Event event) {
			EventDetails recorded = event.content().details();
			Map<String, String> details = new LinkedHashMap<>(recorded.values());
			if (event.type() == EventType.INVOCATION_COMPLETED) {
				complete(event, details);
				this.begin = null;
			}
			else if (this.begin == null && event.type() != EventType.EXECUTION_STARTED) {
				this.begin = event;
			}
			OperationRef operation = event.operation();
			String duration = recorded.text(Details.DURATION);
			if (operation != null && duration != null) {
				this.durations.put(operation.id(), duration);
			}
			else if (operation != null && this.durations.containsKey(operation.id())) {
				details.put(Details.DURATION, this.durations.get(operation.id()));
			}
			return details;
		}

		private void complete(Event event, Map<String, String> details) {
			Event first = (this.begin != null) ? this.begin : event;
			details.put(STARTED_AT, first.timestamp().toString());
			// Who takes an execution over records the end of an invocation that was not
			// its own: without events of that one nobody knows its id.
			if (this.begin != null || event.content().error() == null) {
				details.put(REQUEST_ID, first.invocation());
			}
		}

	}

}
