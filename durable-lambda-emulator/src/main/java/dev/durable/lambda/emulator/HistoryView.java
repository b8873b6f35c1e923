package dev.durable.lambda.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.OperationRef;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows what an execution has recorded as the service does.
 *
 * @param host the emulator
 * @param executionData whether inputs, results and messages of errors are shown
 */
record HistoryView(EmulatorHost host, boolean executionData) {

	/** Show a history, oldest first. */
	List<Shown> show(ExecutionId execution) {
		List<Shown> shown = new ArrayList<>();
		Map<String, Instant> invocations = new HashMap<>();
		Map<String, String> waits = new HashMap<>();
		for (Event event : this.host.history(execution)) {
			invocations.putIfAbsent(event.invocation(), event.timestamp());
			Facts facts = new Facts(event, new HashMap<>(event.content().details().values()));
			if (event.operation() != null && facts.text(EventFacts.DURATION) != null) {
				waits.put(event.operation().id().value(), facts.text(EventFacts.DURATION));
			}
			else if (event.operation() != null && waits.containsKey(event.operation().id().value())) {
				facts.details().put(EventFacts.DURATION, waits.get(event.operation().id().value()));
			}
			shown.add(new Shown(event.position(),
					node(facts, invocations.getOrDefault(event.invocation(), event.timestamp()))));
		}
		return shown;
	}

	private ObjectNode node(Facts facts, Instant begun) {
		Event event = facts.event();
		OperationRef operation = event.operation();
		ObjectNode node = Json.object();
		node.put("EventType", event.type().text());
		node.put("EventId", event.position());
		node.put("EventTimestamp", Json.seconds(event.timestamp()));
		if (operation != null) {
			node.put("SubType", operation.subType().text());
			node.put("Id", operation.id().value());
			Json.put(node, "Name", operation.name());
			Json.put(node, "ParentId", (operation.parentId() != null) ? operation.parentId().value() : null);
		}
		ObjectNode details = node.putObject(event.type().text() + "Details");
		if (event.type() == EventType.INVOCATION_COMPLETED) {
			details.put("StartTimestamp", Json.seconds(begun));
			details.put("EndTimestamp", Json.seconds(event.timestamp()));
			details.put("RequestId", event.invocation());
			putError(details, event);
		}
		else {
			putDetails(details, facts);
		}
		return node;
	}

	private void putDetails(ObjectNode node, Facts facts) {
		Event event = facts.event();
		switch (event.type()) {
			case EXECUTION_STARTED -> {
				putPayload(node, "Input", event);
				putSeconds(node, "ExecutionTimeout", facts, EventFacts.TIMEOUT);
			}
			case EXECUTION_SUCCEEDED, CONTEXT_SUCCEEDED, CHAINED_INVOKE_SUCCEEDED, CALLBACK_SUCCEEDED ->
				putPayload(node, "Result", event);
			case WAIT_STARTED -> {
				putSeconds(node, "Duration", facts, EventFacts.DURATION);
				String dueAt = facts.text(EventFacts.DUE_AT);
				if (dueAt != null) {
					node.put("ScheduledEndTimestamp", Json.seconds(Instant.parse(dueAt)));
				}
			}
			case WAIT_SUCCEEDED -> putSeconds(node, "Duration", facts, EventFacts.DURATION);
			case STEP_SUCCEEDED -> {
				putPayload(node, "Result", event);
				putRetry(node, facts);
			}
			case STEP_FAILED -> {
				putError(node, event);
				putRetry(node, facts);
			}
			case CHAINED_INVOKE_STARTED -> putInvoke(node, facts);
			case CALLBACK_STARTED -> {
				Payload id = event.content().payload();
				Json.put(node, "CallbackId", (id != null) ? CallbackIds.toWire(id.text()) : null);
				putSeconds(node, "HeartbeatTimeout", facts, EventFacts.HEARTBEAT_TIMEOUT);
				putSeconds(node, "Timeout", facts, EventFacts.TIMEOUT);
			}
			case CONTEXT_STARTED, STEP_STARTED, INVOCATION_COMPLETED -> {
			}
			case EXECUTION_FAILED, EXECUTION_TIMED_OUT, EXECUTION_STOPPED, CONTEXT_FAILED, WAIT_CANCELLED,
					CHAINED_INVOKE_FAILED, CHAINED_INVOKE_TIMED_OUT, CHAINED_INVOKE_STOPPED, CALLBACK_FAILED,
					CALLBACK_TIMED_OUT ->
				putError(node, event);
		}
	}

	private void putInvoke(ObjectNode node, Facts facts) {
		Json.put(node, "FunctionName", facts.text(EventFacts.FUNCTION));
		Json.put(node, "TenantId", facts.text(EventFacts.TENANT));
		putPayload(node, "Input", facts.event());
		Json.put(node, "ExecutedVersion", facts.text(EventFacts.VERSION));
		String execution = facts.text(EventFacts.EXECUTION);
		if (execution != null) {
			this.host.store()
				.find(new ExecutionId(execution))
				.ifPresent((row) -> node.put("DurableExecutionArn", ExecutionArn.of(row.identity()).toString()));
		}
	}

	/** The service shows an empty result, unless there is none. */
	private void putPayload(ObjectNode node, String name, Event event) {
		ObjectNode data = node.putObject(name);
		Payload payload = event.content().payload();
		if (payload != null) {
			if (this.executionData) {
				data.put("Payload", payload.text());
			}
			data.put("Truncated", !this.executionData);
		}
	}

	private void putError(ObjectNode node, Event event) {
		Payload error = event.content().error();
		JsonNode read = (error != null) ? Json.read(error.bytes()) : null;
		if (read == null) {
			return;
		}
		ObjectNode outer = node.putObject("Error");
		if (this.executionData) {
			outer.set("Payload", read);
		}
		else {
			Json.put(outer.putObject("Payload"), "ErrorType", Json.text(read, "ErrorType"));
		}
		outer.put("Truncated", !this.executionData);
	}

	private void putRetry(ObjectNode node, Facts facts) {
		String attempt = facts.text(EventFacts.ATTEMPT);
		if (attempt != null) {
			ObjectNode retry = node.putObject("RetryDetails");
			retry.put("CurrentAttempt", Integer.parseInt(attempt));
			putSeconds(retry, "NextAttemptDelaySeconds", facts, EventFacts.DELAY);
		}
	}

	/** What was asked for, however short it was made. */
	private void putSeconds(ObjectNode node, String name, Facts facts, String fact) {
		String recorded = facts.text(fact);
		if (recorded != null) {
			node.put(name, this.host.speed().askedSeconds(Duration.parse(recorded)));
		}
	}

	/**
	 * An event with what events before it add.
	 *
	 * @param event the event
	 * @param details its facts
	 */
	private record Facts(Event event, Map<String, String> details) {

		@Nullable String text(String fact) {
			return this.details.get(fact);
		}

	}

	/**
	 * An event as it is shown.
	 *
	 * @param id its id
	 * @param node what is shown
	 */
	record Shown(long id, ObjectNode node) {

	}

}
