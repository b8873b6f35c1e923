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
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.Operation;

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
	OperationState read(Operation operation) {
		OperationRef ref = ref(operation);
		OperationStatus status = status(operation);
		Content content = content(operation);
		Payload payload = (content.result() != null) ? this.texts.openPayload(ref, content.result()) : null;
		Payload error = (content.error() != null) ? this.texts.openError(ref, content.error()) : null;
		Instant startedAt = Objects.requireNonNullElse(operation.startTimestamp(), Instant.EPOCH);
		Instant changedAt = (operation.endTimestamp() != null) ? operation.endTimestamp() : startedAt;
		OperationState.Facts facts = new OperationState.Facts(0, 0, startedAt, changedAt,
				callbackId(content.callbackId()), status.isTerminal() ? null : content.dueAt(),
				content.replayChildren());
		return new OperationState(ref, status, attempt(operation, status), payload, error, facts);
	}

	private static OperationRef ref(Operation operation) {
		String parent = operation.parentId();
		return new OperationRef(new OperationId(operation.id()), (parent != null) ? new OperationId(parent) : null,
				operation.name(), subType(operation));
	}

	private static OperationSubType subType(Operation operation) {
		if (operation.subType() != null) {
			return OperationSubType.of(operation.subType());
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

	static OperationType type(Operation operation) {
		return known(OperationType.class, "type", operation.typeAsString(), operation.id());
	}

	private static OperationStatus status(Operation operation) {
		return known(OperationStatus.class, "status", operation.statusAsString(), operation.id());
	}

	private static <E extends Enum<E>> E known(Class<E> type, String field, @Nullable String text, String id) {
		try {
			return Enum.valueOf(type, String.valueOf(text));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"Operation '%s' has the %s '%s', which this version does not know. Update it.".formatted(id, field,
							text),
					ex);
		}
	}

	/** The service counts attempts that have ended. */
	private static int attempt(Operation operation, OperationStatus status) {
		if (type(operation) != OperationType.STEP) {
			return 0;
		}
		Integer ended = (operation.stepDetails() != null) ? operation.stepDetails().attempt() : null;
		int attempts = (ended != null) ? ended : 0;
		return (status == OperationStatus.STARTED) ? attempts + 1 : Math.max(1, attempts);
	}

	private @Nullable Payload callbackId(@Nullable String id) {
		return (id != null) ? this.codec.encode(id, String.class) : null;
	}

	private static Content content(Operation operation) {
		if (operation.stepDetails() != null) {
			var step = operation.stepDetails();
			return new Content(step.result(), step.error(), step.nextAttemptTimestamp(), null, false);
		}
		if (operation.contextDetails() != null) {
			var context = operation.contextDetails();
			return new Content(context.result(), context.error(), null, null,
					Boolean.TRUE.equals(context.replayChildren()));
		}
		if (operation.callbackDetails() != null) {
			var callback = operation.callbackDetails();
			return new Content(callback.result(), callback.error(), null, callback.callbackId(), false);
		}
		if (operation.chainedInvokeDetails() != null) {
			var invoke = operation.chainedInvokeDetails();
			return new Content(invoke.result(), invoke.error(), null, null, false);
		}
		Instant end = (operation.waitDetails() != null) ? operation.waitDetails().scheduledEndTimestamp() : null;
		return new Content(null, null, end, null, false);
	}

	private record Content(@Nullable String result, @Nullable ErrorObject error, @Nullable Instant dueAt,
			@Nullable String callbackId, boolean replayChildren) {

	}

}
