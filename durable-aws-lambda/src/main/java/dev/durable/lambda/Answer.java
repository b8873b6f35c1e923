package dev.durable.lambda;

import dev.durable.ErrorObject;
import dev.durable.codec.Payload;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an invocation answers to the service. */
final class Answer {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private Answer() {
	}

	static byte[] succeeded(Payload result) {
		return MAPPER.writeValueAsBytes(status("SUCCEEDED").put("Result", WireText.write(result)));
	}

	static byte[] failed(ErrorObject error) {
		ObjectNode answer = status("FAILED");
		ObjectNode node = answer.putObject("Error");
		node.put("ErrorType", error.errorType());
		if (error.errorMessage() != null) {
			node.put("ErrorMessage", error.errorMessage());
		}
		if (error.errorData() != null) {
			node.put("ErrorData", error.errorData());
		}
		if (!error.stackTrace().isEmpty()) {
			ArrayNode frames = node.putArray("StackTrace");
			error.stackTrace().forEach(frames::add);
		}
		return MAPPER.writeValueAsBytes(answer);
	}

	static byte[] pending() {
		return MAPPER.writeValueAsBytes(status("PENDING"));
	}

	private static ObjectNode status(String status) {
		return MAPPER.createObjectNode().put("Status", status);
	}

}
