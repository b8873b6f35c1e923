package dev.durable.lambda;

import java.time.Instant;
import java.util.Objects;

import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationStatus;
import dev.durable.OperationSubType;
import dev.durable.OperationType;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadCodec;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads operations as the service keeps them. */
final class OperationReader {

	private final SealedTexts texts;

	private final PayloadCodec codec;

	OperationReader(SealedTexts texts, PayloadCodec codec) {
		this.texts = texts;
		this.codec = codec;
	}

	/**
	 * Read an operation.
	 * @param operation an operation that is not the execution
	 */
	OperationState read(JsonNode operation) {
		OperationRef ref = ref(operation);
		OperationStatus status = status(operation);
		JsonNode details = details(operation, ref.subType().type());
		String result = text(details, "Result");
		Payload payload = (result != null) ? this.texts.openPayload(ref, result) : null;
		JsonNode failure = details.path("Error");
		Payload error = failure.isObject() ? this.texts.openError(ref, WireErrors.read(failure)) : null;
		Instant startedAt = Objects.requireNonNullElse(time(operation, "StartTimestamp"), Instant.EPOCH);
		Instant changedAt = Objects.requireNonNullElse(time(operation, "EndTimestamp"), startedAt);
		OperationState.Facts facts = new OperationState.Facts(0, 0, startedAt, changedAt,
				callbackId(text(details, "CallbackId")), status.isTerminal() ? null : dueAt(details),
				details.path("ReplayChildren").asBoolean(false));
		return new OperationState(ref, status, attempt(ref, status, details), payload, error, facts);
	}

	/** The bytes of what an operation, or the execution, carries. */
	static int bytes(JsonNode operation) {
		JsonNode details = details(operation, type(operation));
		JsonNode error = details.path("Error");
		return JsonSize.plain(text(details, "InputPayload")) + JsonSize.plain(text(details, "Result"))
				+ (error.isObject() ? WireErrors.size(WireErrors.read(error)) : 0);
	}

	private static OperationRef ref(JsonNode operation) {
		String parent = text(operation, "ParentId");
		return new OperationRef(new OperationId(id(operation)), (parent != null) ? new OperationId(parent) : null,
				text(operation, "Name"), subType(operation));
	}

	private static OperationSubType subType(JsonNode operation) {
		String subType = text(operation, "SubType");
		if (subType != null) {
			return OperationSubType.of(subType);
		}
		return switch (type(operation)) {
			case STEP -> OperationSubType.STEP;
			case WAIT -> OperationSubType.WAIT;
			case CALLBACK -> OperationSubType.CALLBACK;
			case CHAINED_INVOKE -> OperationSubType.CHAINED_INVOKE;
			case CONTEXT -> OperationSubType.RUN_IN_CHILD_CONTEXT;
			case EXECUTION -> throw new IllegalArgumentException("The execution is no operation of its own");
		};
	}

	static OperationType type(JsonNode operation) {
		return known(OperationType.class, "Type", operation);
	}

	private static OperationStatus status(JsonNode operation) {
		return known(OperationStatus.class, "Status", operation);
	}

	private static <E extends Enum<E>> E known(Class<E> type, String field, JsonNode operation) {
		String text = text(operation, field);
		try {
			return Enum.valueOf(type, String.valueOf(text));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"Operation '%s' has the %s '%s', which this version does not know. Update it."
						.formatted(id(operation), field, text),
					ex);
		}
	}

	private static JsonNode details(JsonNode operation, OperationType type) {
		return operation.path(switch (type) {
			case STEP -> "StepDetails";
			case WAIT -> "WaitDetails";
			case CALLBACK -> "CallbackDetails";
			case CHAINED_INVOKE -> "ChainedInvokeDetails";
			case CONTEXT -> "ContextDetails";
			case EXECUTION -> "ExecutionDetails";
		});
	}

	/** The service counts attempts that have ended. */
	private static int attempt(OperationRef ref, OperationStatus status, JsonNode details) {
		if (ref.subType().type() != OperationType.STEP) {
			return 0;
		}
		int ended = details.path("Attempt").asInt(0);
		return (status == OperationStatus.STARTED) ? ended + 1 : Math.max(1, ended);
	}

	private @Nullable Payload callbackId(@Nullable String id) {
		return (id != null) ? this.codec.encode(id, String.class) : null;
	}

	private static @Nullable Instant dueAt(JsonNode details) {
		Instant next = time(details, "NextAttemptTimestamp");
		return (next != null) ? next : time(details, "ScheduledEndTimestamp");
	}

	private static @Nullable Instant time(JsonNode node, String field) {
		return WireTimes.read(node.path(field));
	}

	private static String id(JsonNode operation) {
		return operation.path("Id").asString("");
	}

	private static @Nullable String text(JsonNode node, String field) {
		return node.path(field).stringValue(null);
	}

}
