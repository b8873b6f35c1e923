package dev.durable.lambda;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.durable.ErrorObject;
import dev.durable.EventType;
import dev.durable.HistoryEvent;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationSubType;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.lambda.model.Event;
import software.amazon.awssdk.services.lambda.model.EventError;
import software.amazon.awssdk.services.lambda.model.EventInput;
import software.amazon.awssdk.services.lambda.model.EventResult;
import software.amazon.awssdk.services.lambda.model.RetryDetails;

/** Shows the service's events as every host does. */
final class ServiceHistory {

	private ServiceHistory() {
	}

	static HistoryEvent show(Event event) {
		EventType type = EventType.of(event.eventTypeAsString());
		Facts facts = new Facts();
		SdkPojo details = details(event);
		if (details != null) {
			details.sdkFields().forEach((field) -> facts.add(field, field.getValueOrDefault(details)));
		}
		return new HistoryEvent(event.eventId(), type, event.eventTimestamp(), operation(type, event), facts.payload,
				facts.error, facts.details);
	}

	/** Every kind of event has one object of details, in a field of its own. */
	private static @Nullable SdkPojo details(Event event) {
		return event.sdkFields()
			.stream()
			.filter((field) -> field.memberName().endsWith("Details"))
			.map((field) -> field.getValueOrDefault(event))
			.filter(SdkPojo.class::isInstance)
			.map(SdkPojo.class::cast)
			.findFirst()
			.orElse(null);
	}

	private static @Nullable OperationRef operation(EventType type, Event event) {
		boolean execution = type.name().startsWith("EXECUTION_") || type == EventType.INVOCATION_COMPLETED;
		if (execution || event.id() == null) {
			return null;
		}
		return new OperationRef(new OperationId(event.id()),
				(event.parentId() != null) ? new OperationId(event.parentId()) : null, event.name(),
				subType(type, event.subType()));
	}

	/** Other SDKs may leave the subtype out, or have more of them. */
	private static OperationSubType subType(EventType type, @Nullable String text) {
		for (OperationSubType candidate : OperationSubType.values()) {
			if (candidate.text().equals(text)) {
				return candidate;
			}
		}
		String kind = type.name();
		return kind.startsWith("STEP_") ? OperationSubType.STEP
				: kind.startsWith("WAIT_") ? OperationSubType.WAIT
						: kind.startsWith("CALLBACK_") ? OperationSubType.CALLBACK : kind.startsWith("CHAINED_INVOKE_")
								? OperationSubType.CHAINED_INVOKE : OperationSubType.RUN_IN_CHILD_CONTEXT;
	}

	/** What the details of an event tell; filled once. */
	private static final class Facts {

		/** Names that differ from those of the service, whose first letter is large. */
		private static final Map<String, String> NAMES = Map.of("executionTimeout", "timeout", "scheduledEndTimestamp",
				"dueAt", "functionName", "function", "executedVersion", "version", "durableExecutionArn", "execution",
				"startTimestamp", "startedAt");

		private @Nullable String payload;

		private @Nullable ErrorObject error;

		private final Map<String, String> details = new HashMap<>();

		private void add(SdkField<?> field, @Nullable Object value) {
			if (value instanceof EventInput input) {
				payload(input.payload(), input.truncated());
			}
			else if (value instanceof EventResult result) {
				payload(result.payload(), result.truncated());
			}
			else if (value instanceof EventError failure) {
				this.error = (failure.payload() != null) ? WireErrors.read(failure.payload()) : null;
				hidden(failure.truncated());
			}
			else if (value instanceof RetryDetails retry) {
				put("attempt", retry.currentAttempt());
				put("delay", seconds(retry.nextAttemptDelaySeconds()));
			}
			else if (!isSecret(field)) {
				String name = field.memberName().substring(0, 1).toLowerCase(Locale.ROOT)
						+ field.memberName().substring(1);
				put(NAMES.getOrDefault(name, name), (value instanceof Integer number) ? seconds(number) : value);
			}
		}

		/** Who reads a history must not be able to complete its callbacks. */
		private static boolean isSecret(SdkField<?> field) {
			return field.memberName().equals("CallbackId");
		}

		private void payload(@Nullable String text, @Nullable Boolean truncated) {
			this.payload = text;
			hidden(truncated);
		}

		private void hidden(@Nullable Boolean truncated) {
			if (Boolean.TRUE.equals(truncated)) {
				put("hidden", true);
			}
		}

		private void put(String name, @Nullable Object value) {
			if (value != null) {
				this.details.put(name, value.toString());
			}
		}

		/** All numbers but the attempt are seconds. */
		private static @Nullable Duration seconds(@Nullable Integer number) {
			return (number != null) ? Duration.ofSeconds(number) : null;
		}

	}

}
