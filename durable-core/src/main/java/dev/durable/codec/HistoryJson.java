package dev.durable.codec;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;

import dev.durable.ErrorObject;
import dev.durable.HistoryEvent;
import dev.durable.OperationRef;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes histories as JSON in the shape of AWS's {@code GetDurableExecutionHistory}.
 * Immutable and thread-safe; needs Jackson 3.
 * <p>
 * Times are ISO-8601 in UTC with milliseconds. Durations are in seconds: a whole number,
 * or a decimal one where a host allows fractions. What was not recorded is left out. A
 * payload is the recorded text, and {@code Truncated} tells that something was recorded
 * that is not shown.
 */
public final class HistoryJson {

	private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final boolean executionData;

	/** Create a writer that shows everything that a history has. */
	public HistoryJson() {
		this(true);
	}

	private HistoryJson(boolean executionData) {
		this.executionData = executionData;
	}

	/**
	 * Leave out what users' code and callers brought in, as AWS does with
	 * {@code IncludeExecutionData=false}: inputs, results, and of errors all but the
	 * type.
	 * @return the writer
	 */
	public HistoryJson withoutExecutionData() {
		return new HistoryJson(false);
	}

	/**
	 * Write a history.
	 * @param events its events, in the order to be shown
	 * @return an object whose {@code Events} are the events
	 */
	public String toJson(List<HistoryEvent> events) {
		ObjectNode history = MAPPER.createObjectNode();
		ArrayNode array = history.putArray("Events");
		events.forEach((event) -> array.add(node(event)));
		return MAPPER.writeValueAsString(history);
	}

	/**
	 * Write one event.
	 * @param event the event
	 * @return an object
	 */
	public String toJson(HistoryEvent event) {
		return MAPPER.writeValueAsString(node(event));
	}

	private ObjectNode node(HistoryEvent event) {
		OperationRef operation = event.operation();
		ObjectNode node = MAPPER.createObjectNode();
		node.put("EventType", event.type().text());
		if (operation != null) {
			node.put("SubType", operation.subType().text());
		}
		node.put("EventId", event.eventId());
		if (operation != null) {
			node.put("Id", operation.id().value());
			putText(node, "Name", operation.name());
			putText(node, "ParentId", (operation.parentId() != null) ? operation.parentId().value() : null);
		}
		node.put("EventTimestamp", TIMESTAMP.format(event.timestamp()));
		putDetails(node.putObject(event.type().text() + "Details"), event);
		return node;
	}

	private void putDetails(ObjectNode node, HistoryEvent event) {
		switch (event.type()) {
			case CONTEXT_STARTED, STEP_STARTED -> {
			}
			case EXECUTION_STARTED -> {
				putPayload(node, "Input", event);
				putSeconds(node, "ExecutionTimeout", event, "timeout");
			}
			case EXECUTION_SUCCEEDED, CONTEXT_SUCCEEDED, CHAINED_INVOKE_SUCCEEDED, CALLBACK_SUCCEEDED ->
				putPayload(node, "Result", event);
			case EXECUTION_FAILED, EXECUTION_TIMED_OUT, EXECUTION_STOPPED, CONTEXT_FAILED, WAIT_CANCELLED,
					CHAINED_INVOKE_FAILED, CHAINED_INVOKE_TIMED_OUT, CHAINED_INVOKE_STOPPED, CALLBACK_FAILED,
					CALLBACK_TIMED_OUT ->
				putError(node, event);
			case WAIT_STARTED -> {
				putSeconds(node, "Duration", event, "duration");
				putTime(node, "ScheduledEndTimestamp", event, "dueAt");
			}
			case WAIT_SUCCEEDED -> putSeconds(node, "Duration", event, "duration");
			case STEP_SUCCEEDED -> {
				putPayload(node, "Result", event);
				putRetry(node, event);
			}
			case STEP_FAILED -> {
				putError(node, event);
				putRetry(node, event);
			}
			case CHAINED_INVOKE_STARTED -> {
				putDetail(node, "FunctionName", event, "function");
				putDetail(node, "TenantId", event, "tenantId");
				putPayload(node, "Input", event);
				putDetail(node, "ExecutedVersion", event, "version");
				putDetail(node, "DurableExecutionArn", event, "execution");
			}
			case CALLBACK_STARTED -> {
				putDetail(node, "CallbackId", event, "callback");
				putSeconds(node, "HeartbeatTimeout", event, "heartbeatTimeout");
				putSeconds(node, "Timeout", event, "timeout");
			}
			case INVOCATION_COMPLETED -> {
				putTime(node, "StartTimestamp", event, "startedAt");
				node.put("EndTimestamp", TIMESTAMP.format(event.timestamp()));
				putDetail(node, "RequestId", event, "requestId");
				putError(node, event);
			}
		}
	}

	private void putPayload(ObjectNode node, String name, HistoryEvent event) {
		String payload = event.payload();
		ObjectNode data = node.putObject(name);
		if (payload != null && this.executionData) {
			data.put("Payload", payload);
		}
		if (payload != null || isHidden(event)) {
			data.put("Truncated", isHidden(event) || !this.executionData);
		}
	}

	private void putError(ObjectNode node, HistoryEvent event) {
		ErrorObject error = event.error();
		if (error == null) {
			return;
		}
		ObjectNode outer = node.putObject("Error");
		ObjectNode payload = outer.putObject("Payload");
		payload.put("ErrorType", error.errorType());
		if (this.executionData) {
			putText(payload, "ErrorMessage", error.errorMessage());
			putText(payload, "ErrorData", error.errorData());
			if (!error.stackTrace().isEmpty()) {
				ArrayNode frames = payload.putArray("StackTrace");
				error.stackTrace().forEach(frames::add);
			}
		}
		outer.put("Truncated", isHidden(event) || !this.executionData);
	}

	private static boolean isHidden(HistoryEvent event) {
		return event.details().containsKey("hidden");
	}

	private static void putRetry(ObjectNode node, HistoryEvent event) {
		String attempt = event.details().get("attempt");
		if (attempt != null) {
			ObjectNode retry = node.putObject("RetryDetails");
			retry.put("CurrentAttempt", Integer.parseInt(attempt));
			putSeconds(retry, "NextAttemptDelaySeconds", event, "delay");
		}
	}

	private static void putSeconds(ObjectNode node, String name, HistoryEvent event, String detail) {
		String text = event.details().get(detail);
		if (text == null) {
			return;
		}
		Duration duration = Duration.parse(text);
		if (duration.getNano() == 0) {
			node.put(name, duration.getSeconds());
		}
		else {
			BigDecimal fraction = BigDecimal.valueOf(duration.getNano(), 9).stripTrailingZeros();
			node.put(name, BigDecimal.valueOf(duration.getSeconds()).add(fraction));
		}
	}

	private static void putTime(ObjectNode node, String name, HistoryEvent event, String detail) {
		String text = event.details().get(detail);
		putText(node, name, (text != null) ? TIMESTAMP.format(Instant.parse(text)) : null);
	}

	private static void putDetail(ObjectNode node, String name, HistoryEvent event, String detail) {
		putText(node, name, event.details().get(detail));
	}

	private static void putText(ObjectNode node, String name, @Nullable String text) {
		if (text != null) {
			node.put(name, text);
		}
	}

}
