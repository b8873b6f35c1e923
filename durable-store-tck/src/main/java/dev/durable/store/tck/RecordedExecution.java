package dev.durable.store.tck;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.durable.EventType;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.ExceptionCodec;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
import dev.durable.OperationRef;
import org.jspecify.annotations.Nullable;

/**
 * What an execution came to, without what may differ between two runs of it: times,
 * positions, invocations and attempts that were cut off.
 *
 * @param end how the execution ended
 * @param operations how each operation ended, by id
 */
record RecordedExecution(@Nullable Outcome end, Map<String, Outcome> operations) {

	private static final ErrorCodec ERRORS = new ExceptionCodec(new JacksonPayloadCodec(), (name) -> false,
			RecordedExecution.class.getClassLoader());

	/** Read a history; no operation and no execution may end twice in it. */
	static RecordedExecution of(List<Event> history, boolean withPayloads) {
		Outcome end = null;
		Map<String, Outcome> operations = new LinkedHashMap<>();
		for (Event event : history) {
			if (event.type().ends() != null) {
				checkFirst(end, event);
				end = outcome(event, withPayloads);
			}
			else if (event.operation() != null) {
				String id = event.operation().id().value();
				if (isTerminal(event)) {
					checkFirst(operations.get(id), event);
					operations.put(id, outcome(event, withPayloads));
				}
				else {
					operations.putIfAbsent(id, Outcome.started(event.operation()));
				}
			}
		}
		return new RecordedExecution(end, new TreeMap<>(operations));
	}

	/** Whether an operation's event is its last one. */
	static boolean isTerminal(Event event) {
		return switch (event.type()) {
			case STEP_SUCCEEDED, STEP_FAILED -> !isRetried(event);
			case CONTEXT_SUCCEEDED, CONTEXT_FAILED, WAIT_SUCCEEDED, WAIT_CANCELLED, CHAINED_INVOKE_SUCCEEDED,
					CHAINED_INVOKE_FAILED, CHAINED_INVOKE_TIMED_OUT, CHAINED_INVOKE_STOPPED, CALLBACK_SUCCEEDED,
					CALLBACK_FAILED, CALLBACK_TIMED_OUT ->
				true;
			default -> false;
		};
	}

	/** A failed attempt that another follows tells the delay to it. */
	private static boolean isRetried(Event event) {
		return event.content().details().text("delay") != null;
	}

	private static void checkFirst(@Nullable Outcome before, Event event) {
		if (before != null && before.end() != null) {
			throw new AssertionError("Recorded twice: %s, and again %s of %s at position %d".formatted(before,
					event.type(), event.operation(), event.position()));
		}
	}

	private static Outcome outcome(Event event, boolean withPayload) {
		Payload error = event.content().error();
		Payload payload = withPayload ? event.content().payload() : null;
		return new Outcome(describe(event.operation()), event.type(), (payload != null) ? payload.text() : null,
				(error != null) ? ERRORS.decode(error).errorType() : null);
	}

	private static String describe(@Nullable OperationRef operation) {
		return (operation != null)
				? "%s '%s' in %s".formatted(operation.subType().text(), operation.name(), operation.parentId())
				: "Execution";
	}

	/**
	 * How an operation, or the execution, ended.
	 *
	 * @param what type, name and parent
	 * @param end its last event, or {@code null} if it has not ended
	 * @param payload its result
	 * @param errorType the kind of its error
	 */
	record Outcome(String what, @Nullable EventType end, @Nullable String payload, @Nullable String errorType) {

		static Outcome started(OperationRef operation) {
			return new Outcome(describe(operation), null, null, null);
		}

	}

}
