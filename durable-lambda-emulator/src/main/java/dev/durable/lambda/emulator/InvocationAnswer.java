package dev.durable.lambda.emulator;

import dev.durable.codec.Payload;
import dev.durable.engine.InvocationOutcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a function answered, and whether that is allowed. */
final class InvocationAnswer {

	private static final String INVALID = "Runtime.InvalidAnswer";

	private final @Nullable JsonNode node;

	InvocationAnswer(byte[] bytes) {
		this.node = Json.read(bytes);
	}

	/**
	 * Read the answer.
	 * @param pending whether anything is left that lets the execution go on
	 */
	InvocationOutcome outcome(boolean pending) throws FunctionFailure {
		String status = Json.text(this.node, "Status");
		if (status == null) {
			throw FunctionFailure.of(INVALID, "A durable function must answer with a JSON object that has a Status");
		}
		return switch (status) {
			case "SUCCEEDED" -> succeeded();
			case "FAILED" -> failed();
			case "PENDING" -> pending(pending);
			default ->
				throw FunctionFailure.of(INVALID, "The Status of an answer must be SUCCEEDED, FAILED or PENDING");
		};
	}

	private InvocationOutcome succeeded() throws FunctionFailure {
		if (member("Error") != null) {
			throw FunctionFailure.of(INVALID, "An answer with the status SUCCEEDED must not have an Error");
		}
		String result = Json.text(this.node, "Result");
		return new InvocationOutcome.Succeeded(Payload.ofText((result != null) ? result : ""));
	}

	private InvocationOutcome failed() throws FunctionFailure {
		if (member("Result") != null) {
			throw FunctionFailure.of(INVALID, "An answer with the status FAILED must not have a Result");
		}
		return new InvocationOutcome.Failed(new WireErrorCodec().encode(WireErrorCodec.read(member("Error"))));
	}

	private static InvocationOutcome pending(boolean pending) throws FunctionFailure {
		if (!pending) {
			throw FunctionFailure.of(INVALID,
					"An answer with the status PENDING needs an operation that is pending, but there is none");
		}
		return new InvocationOutcome.Suspended();
	}

	private @Nullable JsonNode member(String name) {
		JsonNode member = (this.node != null) ? this.node.get(name) : null;
		return (member != null && !member.isNull()) ? member : null;
	}

}
