package dev.durable.lambda;

import dev.durable.ErrorObject;
import dev.durable.codec.Payload;
import tools.jackson.databind.json.JsonMapper;
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
		return MAPPER.writeValueAsBytes(status("FAILED").set("Error", WireErrors.json(error)));
	}

	static byte[] pending() {
		return MAPPER.writeValueAsBytes(status("PENDING"));
	}

	private static ObjectNode status(String status) {
		return MAPPER.createObjectNode().put("Status", status);
	}

}
