package dev.durable.lambda.emulator;

import java.time.Instant;

import dev.durable.OperationStatus;
import dev.durable.OperationSubType;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes operations as the protocol has them: times in milliseconds in what a function is
 * invoked with, in seconds in the answers of the REST API.
 */
enum OperationJson {

	/** What a function is invoked with. */
	ENVELOPE {

		@Override
		void putTime(ObjectNode node, String name, Instant time) {
			node.put(name, time.toEpochMilli());
		}

	},

	/** The REST API. */
	REST {

		@Override
		void putTime(ObjectNode node, String name, Instant time) {
			node.put(name, Json.seconds(time));
		}

	};

	abstract void putTime(ObjectNode node, String name, Instant time);

	/** The execution itself is the first of its operations. */
	ObjectNode execution(ExecutionStart start) {
		ObjectNode node = Json.object();
		node.put("Id", start.arn().id().value());
		node.put("Name", start.arn().name());
		node.put("Type", "EXECUTION");
		node.put("Status", "STARTED");
		putTime(node, "StartTimestamp", start.startedAt());
		ObjectNode details = node.putObject("ExecutionDetails");
		putText(details, "InputPayload", start.input());
		return node;
	}

	ObjectNode operation(OperationState state) {
		ObjectNode node = Json.object();
		OperationSubType subType = state.operation().subType();
		node.put("Id", state.operation().id().value());
		if (state.operation().parentId() != null) {
			node.put("ParentId", state.operation().parentId().value());
		}
		Json.put(node, "Name", state.operation().name());
		node.put("Type", subType.type().name());
		node.put("SubType", subType.text());
		node.put("Status", state.status().name());
		putTime(node, "StartTimestamp", state.facts().startedAt());
		if (state.status().isTerminal()) {
			putTime(node, "EndTimestamp", state.facts().changedAt());
		}
		putDetails(node, state);
		return node;
	}

	private void putDetails(ObjectNode node, OperationState state) {
		Instant dueAt = state.facts().dueAt();
		switch (state.operation().subType().type()) {
			case STEP -> {
				ObjectNode details = node.putObject("StepDetails");
				details.put("Attempt", endedAttempts(state));
				if (state.status() == OperationStatus.PENDING && dueAt != null) {
					putTime(details, "NextAttemptTimestamp", dueAt);
				}
				putOutcome(details, state);
			}
			case CONTEXT -> {
				ObjectNode details = node.putObject("ContextDetails");
				if (state.facts().replayChildren()) {
					details.put("ReplayChildren", true);
				}
				putOutcome(details, state);
			}
			case WAIT -> {
				ObjectNode details = node.putObject("WaitDetails");
				if (dueAt != null) {
					putTime(details, "ScheduledEndTimestamp", dueAt);
				}
			}
			case CALLBACK -> {
				ObjectNode details = node.putObject("CallbackDetails");
				Payload id = state.facts().callbackId();
				Json.put(details, "CallbackId", (id != null) ? CallbackIds.toWire(id.text()) : null);
				putOutcome(details, state);
			}
			case CHAINED_INVOKE -> putOutcome(node.putObject("ChainedInvokeDetails"), state);
			case EXECUTION -> throw new IllegalStateException("The execution is no operation of its journal");
		}
	}

	/** The service counts an attempt when it has ended. */
	private static int endedAttempts(OperationState state) {
		return (state.status() == OperationStatus.STARTED) ? Math.max(0, state.attempt() - 1) : state.attempt();
	}

	private static void putOutcome(ObjectNode details, OperationState state) {
		putText(details, "Result", state.payload());
		if (state.error() != null) {
			details.set("Error", Json.read(state.error().bytes()));
		}
	}

	private static void putText(ObjectNode node, String name, @Nullable Payload payload) {
		Json.put(node, name, (payload != null) ? payload.text() : null);
	}

}
