package dev.durable.lambda;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CallbackDetails;
import software.amazon.awssdk.services.lambda.model.ChainedInvokeDetails;
import software.amazon.awssdk.services.lambda.model.ContextDetails;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.ExecutionDetails;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.StepDetails;
import software.amazon.awssdk.services.lambda.model.WaitDetails;
import tools.jackson.databind.JsonNode;

/**
 * Operations in an envelope, as the SDK's model has them: an envelope is the one place
 * where they arrive without the SDK.
 */
final class EnvelopeOperations {

	private EnvelopeOperations() {
	}

	static Operation read(JsonNode node) {
		Operation.Builder operation = Operation.builder()
			.id(text(node, "Id"))
			.parentId(text(node, "ParentId"))
			.name(text(node, "Name"))
			.type(text(node, "Type"))
			.subType(text(node, "SubType"))
			.status(text(node, "Status"))
			.startTimestamp(WireTimes.read(node.path("StartTimestamp")))
			.endTimestamp(WireTimes.read(node.path("EndTimestamp")));
		JsonNode execution = node.path("ExecutionDetails");
		if (execution.isObject()) {
			operation
				.executionDetails(ExecutionDetails.builder().inputPayload(text(execution, "InputPayload")).build());
		}
		JsonNode wait = node.path("WaitDetails");
		if (wait.isObject()) {
			operation.waitDetails(WaitDetails.builder()
				.scheduledEndTimestamp(WireTimes.read(wait.path("ScheduledEndTimestamp")))
				.build());
		}
		readResults(node, operation);
		return operation.build();
	}

	private static void readResults(JsonNode node, Operation.Builder operation) {
		JsonNode step = node.path("StepDetails");
		if (step.isObject()) {
			operation.stepDetails(StepDetails.builder()
				.attempt(step.path("Attempt").isNumber() ? step.path("Attempt").asInt() : null)
				.nextAttemptTimestamp(WireTimes.read(step.path("NextAttemptTimestamp")))
				.result(text(step, "Result"))
				.error(error(step))
				.build());
		}
		JsonNode context = node.path("ContextDetails");
		if (context.isObject()) {
			operation.contextDetails(ContextDetails.builder()
				.replayChildren(context.path("ReplayChildren").asBoolean(false))
				.result(text(context, "Result"))
				.error(error(context))
				.build());
		}
		JsonNode callback = node.path("CallbackDetails");
		if (callback.isObject()) {
			operation.callbackDetails(CallbackDetails.builder()
				.callbackId(text(callback, "CallbackId"))
				.result(text(callback, "Result"))
				.error(error(callback))
				.build());
		}
		JsonNode invoke = node.path("ChainedInvokeDetails");
		if (invoke.isObject()) {
			operation.chainedInvokeDetails(
					ChainedInvokeDetails.builder().result(text(invoke, "Result")).error(error(invoke)).build());
		}
	}

	private static @Nullable ErrorObject error(JsonNode details) {
		JsonNode node = details.path("Error");
		if (!node.isObject()) {
			return null;
		}
		ErrorObject.Builder error = ErrorObject.builder()
			.errorType(text(node, "ErrorType"))
			.errorMessage(text(node, "ErrorMessage"))
			.errorData(text(node, "ErrorData"));
		if (node.path("StackTrace").isArray()) {
			List<String> frames = new ArrayList<>();
			node.path("StackTrace").forEach((frame) -> frames.add(frame.asString()));
			error.stackTrace(frames);
		}
		return error.build();
	}

	private static @Nullable String text(JsonNode node, String field) {
		return node.path(field).stringValue(null);
	}

}
