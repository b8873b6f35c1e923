package dev.durable.lambda;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event that wakes a Lambda function for the executions in its store. */
sealed interface WakeUpEvent {

	/** What a sweep's event looks like. */
	String SWEEP = "{\"durable\":\"sweep\"}";

	/** An execution is due at a time. */
	record Due(Instant at) implements WakeUpEvent {

		/** What is sent; nothing of any execution. */
		String json() {
			return "{\"durable\":\"wake-up\",\"at\":\"%s\"}".formatted(this.at);
		}

	}

	/** Look for all that is due, and clean up. */
	record Sweep() implements WakeUpEvent {

	}

	/** Messages of a queue. */
	record Queued(List<Message> messages) implements WakeUpEvent {

	}

	/**
	 * A message of a queue.
	 *
	 * @param id what a failure is reported with
	 * @param content what it says, or {@code null} if it is not ours
	 */
	record Message(String id, @Nullable WakeUpEvent content) {

	}

	/**
	 * Read an event.
	 * @param event the event as it came
	 * @return the wake-up, or nothing if it is not for us
	 */
	static Optional<WakeUpEvent> read(byte[] event) {
		// Most events are not ours, and may be large: what cannot be is not parsed.
		return Reader.mayBeOurs(event) ? Reader.tree(event).map(Reader::read) : Optional.empty();
	}

	/** Reads events. */
	final class Reader {

		private static final byte[] MARK = "durable".getBytes(StandardCharsets.US_ASCII);

		private static final JsonMapper JSON = JsonMapper.shared();

		private Reader() {
		}

		static boolean mayBeOurs(byte[] event) {
			for (int i = 0; i <= event.length - MARK.length; i++) {
				int matching = 0;
				while (matching < MARK.length && event[i + matching] == MARK[matching]) {
					matching++;
				}
				if (matching == MARK.length) {
					return true;
				}
			}
			return false;
		}

		static Optional<JsonNode> tree(byte[] event) {
			try {
				return Optional.of(JSON.readTree(event)).filter(JsonNode::isObject);
			}
			catch (JacksonException ex) {
				return Optional.empty();
			}
		}

		static @Nullable WakeUpEvent read(JsonNode event) {
			return event.path("Records").isArray() ? queued(event.path("Records")) : single(event);
		}

		private static @Nullable WakeUpEvent queued(JsonNode records) {
			List<Message> messages = new ArrayList<>();
			for (JsonNode each : records) {
				if (!text(each, "eventSource").equals("aws:sqs")) {
					return null;
				}
				byte[] body = text(each, "body").getBytes(StandardCharsets.UTF_8);
				messages.add(new Message(text(each, "messageId"), tree(body).map(Reader::single).orElse(null)));
			}
			return messages.stream().anyMatch((message) -> message.content() != null) ? new Queued(messages) : null;
		}

		private static @Nullable WakeUpEvent single(JsonNode event) {
			return switch (text(event, "durable")) {
				case "sweep" -> new Sweep();
				case "wake-up" -> due(text(event, "at"));
				default -> null;
			};
		}

		private static @Nullable WakeUpEvent due(String at) {
			try {
				return new Due(Instant.parse(at));
			}
			catch (DateTimeException ex) {
				return null;
			}
		}

		private static String text(JsonNode node, String field) {
			JsonNode value = node.path(field);
			return value.isString() ? value.stringValue() : "";
		}

	}

}
