package dev.durable.lambda.emulator;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer of the REST API.
 *
 * @param status its status
 * @param headers its headers
 * @param body its body
 */
record ApiResponse(int status, Map<String, String> headers, byte[] body) {

	static ApiResponse ok(JsonNode body) {
		return new ApiResponse(200, Map.of(), Json.bytes(body));
	}

	static ApiResponse empty(int status) {
		return new ApiResponse(status, Map.of(), new byte[0]);
	}

	static ApiResponse of(AwsException problem) {
		ObjectNode body = Json.object();
		body.put("Type", problem.kind().type());
		body.put(problem.kind().messageMember(), problem.text());
		return new ApiResponse(problem.kind().status(), Map.of(), Json.bytes(body)).with("x-amzn-ErrorType",
				problem.kind().code());
	}

	ApiResponse with(String name, @Nullable String value) {
		if (value == null) {
			return this;
		}
		Map<String, String> more = new LinkedHashMap<>(this.headers);
		more.put(name, value);
		return new ApiResponse(this.status, more, this.body);
	}

}
