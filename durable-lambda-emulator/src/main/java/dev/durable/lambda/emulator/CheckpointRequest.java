package dev.durable.lambda.emulator;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a function sends to record what it did.
 *
 * @param token the checkpoint token
 * @param clientToken tells a call that is sent again from a new one, or {@code null}
 * @param updates its updates
 */
record CheckpointRequest(String token, @Nullable String clientToken, List<WireUpdate> updates) {

	static CheckpointRequest of(JsonNode body) {
		String token = Json.text(body, "CheckpointToken");
		if (token == null || !isToken(token)) {
			throw AwsException.invalidToken();
		}
		String clientToken = Json.text(body, "ClientToken");
		if (clientToken != null && !clientToken.matches("[\\x21-\\x7E]{1,64}")) {
			throw AwsException.invalid("'ClientToken' must be 1 to 64 printable ASCII characters without spaces");
		}
		List<WireUpdate> updates = new ArrayList<>();
		JsonNode array = body.get("Updates");
		if (array != null) {
			array.forEach((node) -> updates.add(WireUpdate.of(node)));
		}
		return new CheckpointRequest(token, clientToken, updates);
	}

	private static boolean isToken(String token) {
		return token.length() <= 2048 && token.matches("[A-Za-z0-9+/]+={0,2}");
	}

	/** Whether this is the same call, sent again. */
	boolean repeats(CheckpointRequest former) {
		return this.clientToken != null && this.clientToken.equals(former.clientToken)
				&& this.token.equals(former.token);
	}

}
