package dev.durable.lambda;

import java.time.Duration;
import java.util.function.UnaryOperator;

import dev.durable.OperationRef;
import dev.durable.OperationType;
import dev.durable.codec.PayloadCodecException;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CallbackOptions;
import software.amazon.awssdk.services.lambda.model.ChainedInvokeOptions;
import software.amazon.awssdk.services.lambda.model.ContextOptions;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.StepOptions;
import software.amazon.awssdk.services.lambda.model.WaitOptions;

/** Writes updates as the service takes them. */
final class UpdateWriter {

	/** What an update's fields, ids and options take beside its texts, at most. */
	private static final int FIXED_BYTES = 700;

	private final SealedTexts texts;

	private final int maxPayload;

	private final UnaryOperator<String> lambdaFunctions;

	/**
	 * Create a writer.
	 * @param texts how payloads are kept
	 * @param maxPayload the most bytes of a payload
	 * @param lambdaFunctions the Lambda function to invoke, by the name that code has
	 */
	UpdateWriter(SealedTexts texts, int maxPayload, UnaryOperator<String> lambdaFunctions) {
		this.texts = texts;
		this.maxPayload = maxPayload;
		this.lambdaFunctions = lambdaFunctions;
	}

	Written write(OperationUpdate update) {
		OperationRef operation = update.operation();
		OperationType type = operation.subType().type();
		String payload = payload(update);
		ErrorObject error = (update.error() != null) ? this.texts.error(operation, update.error()) : null;
		var builder = software.amazon.awssdk.services.lambda.model.OperationUpdate.builder()
			.id(operation.id().value())
			.parentId((operation.parentId() != null) ? operation.parentId().value() : null)
			.name(operation.name())
			.type(type.name())
			.subType(operation.subType().text())
			.action(update.action().name())
			.payload(payload)
			.error(error);
		writeOptions(update.options(), builder);
		int bytes = FIXED_BYTES + JsonSize.of(operation.name()) + JsonSize.of(payload)
				+ ((error != null) ? WireErrors.size(WireErrors.read(error)) : 0);
		return new Written(builder.build(), bytes);
	}

	private @Nullable String payload(OperationUpdate update) {
		if (update.payload() == null) {
			return null;
		}
		String text = this.texts.payload(update.operation(), update.payload());
		int size = JsonSize.plain(text);
		if (size > this.maxPayload) {
			throw new PayloadCodecException(
					("The payload of %s cannot be recorded: as it is kept it has %d bytes and at most %d are allowed. "
							+ "Record a reference to the data instead, or offload payloads (durable.payload.offload).")
						.formatted(update.operation(), size, this.maxPayload),
					null);
		}
		return text;
	}

	private void writeOptions(UpdateOptions options,
			software.amazon.awssdk.services.lambda.model.OperationUpdate.Builder builder) {
		if (options instanceof UpdateOptions.WaitFor wait) {
			builder.waitOptions(WaitOptions.builder().waitSeconds(atLeastOne(wait.duration())).build());
		}
		else if (options instanceof UpdateOptions.RetryAfter retry) {
			builder.stepOptions(StepOptions.builder().nextAttemptDelaySeconds(atLeastOne(retry.delay())).build());
		}
		else if (options instanceof UpdateOptions.Timeouts timeouts) {
			builder.callbackOptions(CallbackOptions.builder()
				.timeoutSeconds(seconds(timeouts.timeout()))
				.heartbeatTimeoutSeconds(seconds(timeouts.heartbeatTimeout()))
				.build());
		}
		else if (options instanceof UpdateOptions.Invoke invoke) {
			builder.chainedInvokeOptions(ChainedInvokeOptions.builder()
				.functionName(this.lambdaFunctions.apply(invoke.function()))
				.tenantId(invoke.tenantId())
				.build());
		}
		else if (options instanceof UpdateOptions.ReplayChildren) {
			builder.contextOptions(ContextOptions.builder().replayChildren(true).build());
		}
	}

	/** The service knows whole seconds only, and no wait of none. */
	private static int atLeastOne(Duration duration) {
		return Math.max(1, seconds(duration));
	}

	private static int seconds(Duration duration) {
		return Math.toIntExact(duration.plusNanos(999_999_999).toSeconds());
	}

	/**
	 * An update as it is sent.
	 *
	 * @param update the update
	 * @param bytes what it takes in a call, at most
	 */
	record Written(software.amazon.awssdk.services.lambda.model.OperationUpdate update, int bytes) {

	}

}
