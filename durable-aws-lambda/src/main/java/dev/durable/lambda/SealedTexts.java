package dev.durable.lambda;

import java.util.List;

import dev.durable.ErrorObject;
import dev.durable.ExecutionId;
import dev.durable.OperationRef;
import dev.durable.OperationType;
import dev.durable.codec.ErrorCodec;
import dev.durable.codec.Payload;
import dev.durable.payload.PayloadOwner;
import dev.durable.payload.PayloadPlace;
import dev.durable.payload.PayloadPlace.Part;
import dev.durable.payload.PayloadSealing;
import org.jspecify.annotations.Nullable;

/**
 * Payloads and errors of one execution as the service keeps them: sealed if only this
 * function reads them, which is so for steps and contexts. What others write or read,
 * such as results of callbacks and inputs of invoked functions, cannot be sealed.
 */
final class SealedTexts {

	/** What a sealed error adds to its sealed bytes, with its type. */
	static final int ERROR_OVERHEAD = 1_024;

	private final PayloadSealing sealing;

	private final ErrorCodec errors;

	private final ExecutionId execution;

	private final PayloadOwner owner;

	SealedTexts(PayloadSealing sealing, ErrorCodec errors, ExecutionId execution) {
		this.sealing = sealing;
		this.errors = errors;
		this.execution = execution;
		this.owner = new PayloadOwner(execution, lastPart(execution.value()));
	}

	/** The part of an ARN that is the id of the execution's start. */
	private static String lastPart(String id) {
		return id.substring(id.lastIndexOf('/') + 1);
	}

	String payload(OperationRef operation, Payload payload) {
		return WireText.write(isOwn(operation)
				? this.sealing.seal(place(operation, Part.PAYLOAD), payload, () -> this.owner) : payload);
	}

	Payload openPayload(OperationRef operation, String text) {
		Payload stored = WireText.read(text);
		return isOwn(operation) ? this.sealing.open(place(operation, Part.PAYLOAD), stored) : stored;
	}

	/** A sealed error shows its type only; the rest is in its data. */
	ErrorObject error(OperationRef operation, Payload error) {
		Payload sealed = isOwn(operation) ? this.sealing.seal(place(operation, Part.ERROR), error, () -> this.owner)
				: error;
		ErrorObject plain = this.errors.decode(error);
		return (sealed == error) ? plain : new ErrorObject(plain.errorType(), null, WireText.write(sealed), List.of());
	}

	Payload openError(OperationRef operation, ErrorObject error) {
		Payload opened = isOwn(operation) ? openSealed(operation, error.errorData()) : null;
		return (opened != null) ? opened : this.errors.encode(error);
	}

	private @Nullable Payload openSealed(OperationRef operation, @Nullable String data) {
		if (data == null) {
			return null;
		}
		Payload stored = WireText.read(data);
		Payload opened = this.sealing.open(place(operation, Part.ERROR), stored);
		return (opened != stored) ? opened : null;
	}

	private PayloadPlace place(OperationRef operation, Part part) {
		return PayloadPlace.operation(this.execution, operation.id(), part);
	}

	private static boolean isOwn(OperationRef operation) {
		OperationType type = operation.subType().type();
		return type == OperationType.STEP || type == OperationType.CONTEXT;
	}

}
