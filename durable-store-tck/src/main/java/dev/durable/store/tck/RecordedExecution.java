package dev.durable.store.tck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.durable.EventType;
import dev.durable.StepInterruptedException;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
import dev.durable.OperationRef;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an execution came to, without what may differ between two runs of it: times,
 * positions, invocations, and attempts that were cut off and begun again.
 *
 * @param end how the execution ended
 * @param operations how each operation ended, by id
 */
record RecordedExecution(@Nullable Outcome end, Map<String, Outcome> operations) {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	/** Hosts name the members of an error as their service does. */
	private static final List<String> ERROR_TYPES = List.of("errorType", "ErrorType");

	/** Which threads and operations an error came through is different on replay. */
	private static final Pattern STACK_TRACE = Pattern.compile("\\\\*\"stackTrace\\\\*\":\\[[^\\]]*\\]");

	/** What is said of the step of an anyOf, which may have no name. */
	private static final Pattern WINNER = Pattern.compile("Step '(.*-winner|null)' in .*");

	/** Of an execution that does not exist. */
	static final RecordedExecution NOTHING = new RecordedExecution(null, Map.of());

	private static final String INTERRUPTED = StepInterruptedException.class.getName();

	/** Read a history; no operation and no execution may end twice in it. */
	static RecordedExecution of(List<Event> history, boolean withPayloads) {
		Outcome end = null;
		Map<String, Outcome> operations = new LinkedHashMap<>();
		Map<String, List<String>> attempts = new HashMap<>();
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
				if (isRetried(event)) {
					attempts.computeIfAbsent(id, (any) -> new ArrayList<>()).add(attempt(event, withPayloads));
				}
			}
		}
		operations.replaceAll((id, outcome) -> outcome.after(attempts.getOrDefault(id, List.of())));
		return new RecordedExecution(end, new TreeMap<>(operations));
	}

	/**
	 * Compare with a run without crashes. Attempts do not count where a crash cut one off
	 * for good: how many others are recorded then depends on when that was.
	 */
	static List<String> differences(String where, RecordedExecution expected, RecordedExecution recorded) {
		List<String> differences = new ArrayList<>();
		if (!Objects.equals(expected.end, recorded.end)) {
			differences.add("%s: expected %s but was %s".formatted(where, expected.end, recorded.end));
		}
		Set<String> ids = new TreeSet<>(expected.operations.keySet());
		ids.addAll(recorded.operations.keySet());
		for (String id : ids) {
			Outcome wanted = expected.operations.get(id);
			Outcome found = recorded.operations.get(id);
			if (wanted != null && found != null && found.isInterrupted()) {
				found = found.after(wanted.attempts());
			}
			if (!Objects.equals(wanted, found)) {
				differences.add("%s, operation %s: expected %s but was %s".formatted(where, id, wanted, found));
			}
		}
		return differences;
	}

	/**
	 * Leave out the steps that record which future of an anyOf ended first: they are
	 * needed where positions do not tell it.
	 * @param expected of a host where they do
	 */
	RecordedExecution withoutWinners(RecordedExecution expected) {
		Map<String, Outcome> without = new TreeMap<>(this.operations);
		without.entrySet()
			.removeIf((each) -> !expected.operations.containsKey(each.getKey())
					&& WINNER.matcher(each.getValue().what()).matches());
		return new RecordedExecution(this.end, without);
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
		return new Outcome(describe(event.operation()), event.type(), payload(event, withPayload), errorType(event),
				List.of());
	}

	private static String attempt(Event event, boolean withPayload) {
		return event.type() + " " + payload(event, withPayload) + " " + errorType(event);
	}

	private static @Nullable String payload(Event event, boolean withPayload) {
		Payload payload = withPayload ? event.content().payload() : null;
		return (payload != null) ? STACK_TRACE.matcher(payload.text()).replaceAll("") : null;
	}

	private static @Nullable String errorType(Event event) {
		Payload error = event.content().error();
		JsonNode node = MAPPER.readTree((error != null) ? error.bytes() : new byte[0]);
		return ERROR_TYPES.stream()
			.map((name) -> node.path(name).stringValue(null))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
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
	 * @param attempts what came of the attempts that others followed
	 */
	record Outcome(String what, @Nullable EventType end, @Nullable String payload, @Nullable String errorType,
			List<String> attempts) {

		static Outcome started(OperationRef operation) {
			return new Outcome(describe(operation), null, null, null, List.of());
		}

		Outcome after(List<String> attempts) {
			return new Outcome(this.what, this.end, this.payload, this.errorType, List.copyOf(attempts));
		}

		boolean isInterrupted() {
			return this.attempts.stream().anyMatch((attempt) -> attempt.contains(INTERRUPTED));
		}

	}

}
