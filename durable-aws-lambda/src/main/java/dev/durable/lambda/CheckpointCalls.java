package dev.durable.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of one invocation to the service. Each checkpoint uses up the token that the
 * one before returned, so only one call may be in flight. Used by one thread at a time.
 */
final class CheckpointCalls {

	private static final int PAGE_SIZE = 1_000;

	private final CheckpointApi service;

	private final String arn;

	private @Nullable String token;

	CheckpointCalls(CheckpointApi service, String arn, String token) {
		this.service = service;
		this.arn = arn;
		this.token = token;
	}

	/**
	 * Record updates.
	 * @param updates the updates; none only asks for news
	 * @return all operations that changed since the last call
	 */
	List<JsonNode> checkpoint(List<ObjectNode> updates) {
		ObjectNode request = JsonNodeFactory.instance.objectNode();
		request.put("CheckpointToken", token());
		// A retry carries the same client token, so the service answers it as the first
		request.put("ClientToken", UUID.randomUUID().toString());
		request.putArray("Updates").addAll(updates);
		JsonNode answer = this.service.checkpoint(this.arn, request);
		this.token = answer.path("CheckpointToken").stringValue(null);
		return operations(answer.path("NewExecutionState"));
	}

	/**
	 * Return a page of operations and all that follow.
	 * @param state the page, and where the next one begins
	 */
	List<JsonNode> operations(JsonNode state) {
		List<JsonNode> operations = new ArrayList<>();
		JsonNode page = state;
		page.path("Operations").forEach(operations::add);
		for (String next = marker(page); next != null; next = marker(page)) {
			page = this.service.state(this.arn, new CheckpointApi.Page(token(), next, PAGE_SIZE));
			page.path("Operations").forEach(operations::add);
		}
		return operations;
	}

	private static @Nullable String marker(JsonNode page) {
		String marker = page.path("NextMarker").stringValue(null);
		return (marker == null || marker.isEmpty()) ? null : marker;
	}

	private String token() {
		if (this.token == null) {
			throw new IllegalStateException(
					"The service returned no checkpoint token, so nothing more can be recorded of '%s'"
						.formatted(this.arn));
		}
		return this.token;
	}

}
