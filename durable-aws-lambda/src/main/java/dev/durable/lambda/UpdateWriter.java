package dev.durable.lambda;

import java.time.Duration;
import java.util.function.UnaryOperator;

import dev.durable.ErrorObject;
import dev.durable.OperationRef;
import dev.durable.codec.PayloadCodecException;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes updates as the service takes them. */
final class UpdateWriter {

	/** What an update's fields, ids and options take beside its texts, at most. */
	private static final int FIXED_BYTES = 700;

	private final SealedTexts texts;

	private final int maxPayload;

	private final Budget budget;

	private final UnaryOperator<String> lambdaFunctions;

	/**
	 * Create a writer.
	 * @param texts how payloads are kept
	 * @param maxPayload the most bytes of a payload
	 * @param budget counts what is written
	 * @param lambdaFunctions the Lambda function to invoke, by the name that code has
	 */
	UpdateWriter(SealedTexts texts, int maxPayload, Budget budget, UnaryOperator<String> lambdaFunctions) {
		this.texts = texts;
		this.maxPayload = maxPayload;
		this.budget = budget;
		this.lambdaFunctions = lambdaFunctions;
	}

	Written write(OperationUpdate update) {
		OperationRef operation = update.operation();
		String payload = (update.payload() != null) ? this.texts.payload(operation, update.payload()) : null;
		int payloadBytes = JsonSize.plain(payload);
		checkPayload(operation, payloadBytes);
		ErrorObject error = (update.error() != null) ? this.texts.error(operation, update.error()) : null;
		ObjectNode node = JsonNodeFactory.instance.objectNode();
		node.put("Id", operation.id().value());
		put(node, "ParentId", (operation.parentId() != null) ? operation.parentId().value() : null);
		put(node, "Name", operation.name());
		node.put("Type", operation.subType().type().name());
		node.put("SubType", operation.subType().text());
		node.put("Action", update.action().name());
		put(node, "Payload", payload);
		if (error != null) {
			node.set("Error", WireErrors.json(error));
		}
		writeOptions(update.options(), node);
		int errorBytes = (error != null) ? WireErrors.size(error) : 0;
		this.budget.write(operation, payloadBytes + errorBytes);
		int bytes = FIXED_BYTES + JsonSize.of(operation.name()) + JsonSize.of(payload) + errorBytes;
		return new Written(update, node, bytes);
	}

	private static void put(ObjectNode node, String field, @Nullable String text) {
		if (text != null) {
			node.put(field, text);
		}
	}

	private void checkPayload(OperationRef operation, int bytes) {
		if (bytes > this.maxPayload) {
			throw new PayloadCodecException(
					("The payload of %s cannot be recorded: as it is kept it has %d bytes and at most %d are allowed. "
							+ "Record a reference to the data instead, or offload payloads (durable.payload.offload).")
						.formatted(operation, bytes, this.maxPayload),
					null);
		}
	}

	private void writeOptions(UpdateOptions options, ObjectNode node) {
		if (options instanceof UpdateOptions.WaitFor wait) {
			node.putObject("WaitOptions").put("WaitSeconds", atLeastOne(wait.duration()));
		}
		else if (options instanceof UpdateOptions.RetryAfter retry) {
			node.putObject("StepOptions").put("NextAttemptDelaySeconds", atLeastOne(retry.delay()));
		}
		else if (options instanceof UpdateOptions.Timeouts timeouts) {
			node.putObject("CallbackOptions")
				.put("TimeoutSeconds", seconds(timeouts.timeout()))
				.put("HeartbeatTimeoutSeconds", seconds(timeouts.heartbeatTimeout()));
		}
		else if (options instanceof UpdateOptions.Invoke invoke) {
			ObjectNode invoked = node.putObject("ChainedInvokeOptions");
			invoked.put("FunctionName", this.lambdaFunctions.apply(invoke.function()));
			put(invoked, "TenantId", invoke.tenantId());
		}
		else if (options instanceof UpdateOptions.ReplayChildren) {
			node.putObject("ContextOptions").put("ReplayChildren", true);
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
	 * @param json as the service takes it
	 * @param bytes what it takes in a call, at most
	 */
	record Written(OperationUpdate update, ObjectNode json, int bytes) {

	}

}
