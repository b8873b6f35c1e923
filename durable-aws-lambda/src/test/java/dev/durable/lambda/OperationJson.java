package dev.durable.lambda;

import java.time.Instant;
import java.util.function.Function;

import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.Operation;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Operations as an envelope has them.
 *
 * @param timestamps how times are written
 */
record OperationJson(Function<Instant, Object> timestamps) {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	ObjectNode write(Operation operation) {
		ObjectNode node = MAPPER.createObjectNode();
		node.put("Id", operation.id());
		put(node, "ParentId", operation.parentId());
		put(node, "Name", operation.name());
		node.put("Type", operation.typeAsString());
		put(node, "SubType", operation.subType());
		node.put("Status", operation.statusAsString());
		put(node, "StartTimestamp", operation.startTimestamp());
		put(node, "EndTimestamp", operation.endTimestamp());
		if (operation.executionDetails() != null) {
			put(node.putObject("ExecutionDetails"), "InputPayload", operation.executionDetails().inputPayload());
		}
		if (operation.stepDetails() != null) {
			ObjectNode step = node.putObject("StepDetails");
			step.put("Attempt", operation.stepDetails().attempt());
			put(step, "NextAttemptTimestamp", operation.stepDetails().nextAttemptTimestamp());
			put(step, "Result", operation.stepDetails().result());
			put(step, operation.stepDetails().error());
		}
		if (operation.contextDetails() != null) {
			ObjectNode context = node.putObject("ContextDetails");
			context.put("ReplayChildren", operation.contextDetails().replayChildren());
			put(context, "Result", operation.contextDetails().result());
			put(context, operation.contextDetails().error());
		}
		if (operation.waitDetails() != null) {
			put(node.putObject("WaitDetails"), "ScheduledEndTimestamp",
					operation.waitDetails().scheduledEndTimestamp());
		}
		if (operation.callbackDetails() != null) {
			ObjectNode callback = node.putObject("CallbackDetails");
			put(callback, "CallbackId", operation.callbackDetails().callbackId());
			put(callback, "Result", operation.callbackDetails().result());
			put(callback, operation.callbackDetails().error());
		}
		if (operation.chainedInvokeDetails() != null) {
			ObjectNode invoke = node.putObject("ChainedInvokeDetails");
			put(invoke, "Result", operation.chainedInvokeDetails().result());
			put(invoke, operation.chainedInvokeDetails().error());
		}
		return node;
	}

	private static void put(ObjectNode node, String field, String text) {
		if (text != null) {
			node.put(field, text);
		}
	}

	private void put(ObjectNode node, String field, Instant instant) {
		if (instant != null) {
			node.set(field, MAPPER.valueToTree(this.timestamps.apply(instant)));
		}
	}

	private static void put(ObjectNode node, ErrorObject error) {
		if (error != null) {
			ObjectNode written = node.putObject("Error");
			put(written, "ErrorType", error.errorType());
			put(written, "ErrorMessage", error.errorMessage());
			put(written, "ErrorData", error.errorData());
			if (error.hasStackTrace()) {
				written.set("StackTrace", MAPPER.valueToTree(error.stackTrace()));
			}
		}
	}

}
