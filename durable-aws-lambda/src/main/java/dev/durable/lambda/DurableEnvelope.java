package dev.durable.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.durable.ExecutionId;
import dev.durable.OperationId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the service hands to an invocation of a durable function.
 *
 * @param arn the execution's ARN
 * @param token the first checkpoint token
 * @param state the first page of the execution's operations
 * @param updated operations that changed since the invocation before
 */
record DurableEnvelope(String arn, String token, JsonNode state, Set<OperationId> updated) {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final String ARN = "DurableExecutionArn";

	private static final String TOKEN = "CheckpointToken";

	private static final int MAX_ARN = 1024;

	/** Return whether an event is an envelope; does not read more of it than needed. */
	static boolean isPresent(byte[] event) {
		int found = 0;
		try (JsonParser parser = MAPPER.createParser(event)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return false;
			}
			while (found < 2 && parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
				found += (text && (ARN.equals(name) || TOKEN.equals(name))) ? 1 : 0;
				parser.skipChildren();
			}
		}
		catch (JacksonException ex) {
			return false;
		}
		return found == 2;
	}

	static DurableEnvelope read(byte[] event) {
		JsonNode root;
		try {
			root = MAPPER.readTree(event);
		}
		catch (JacksonException ex) {
			// The message would quote the event.
			throw new IllegalArgumentException(
					"The event of %d bytes must be the JSON envelope of a durable execution but cannot be read (%s)"
						.formatted(event.length, ex.getClass().getSimpleName()));
		}
		List<OperationId> updated = new ArrayList<>();
		root.path("UpdatedOperationIds").forEach((node) -> updated.add(new OperationId(node.asString())));
		return new DurableEnvelope(required(root, ARN), required(root, TOKEN), root.path("InitialExecutionState"),
				updated.stream().collect(Collectors.toUnmodifiableSet()));
	}

	private static String required(JsonNode root, String field) {
		String value = root.path(field).stringValue(null);
		if (value == null || value.isEmpty()) {
			throw new IllegalArgumentException(
					"The event must be the envelope of a durable execution but has no '%s'. Start the function by its "
						.formatted(field) + "qualified ARN, as a durable function.");
		}
		return value;
	}

	DurableEnvelope {
		if (arn.length() > MAX_ARN) {
			throw new IllegalArgumentException(
					"'%s' must have at most %d characters but has %d".formatted(ARN, MAX_ARN, arn.length()));
		}
	}

	/** The id under which clients find the execution, too. */
	ExecutionId execution() {
		return new ExecutionId(this.arn);
	}

	/** The execution's id among its operations: the last part of the ARN. */
	String executionOperation() {
		return this.arn.substring(this.arn.lastIndexOf('/') + 1);
	}

	/** The name of the Lambda function, or null if the ARN has an unknown form. */
	@Nullable String functionName() {
		String[] parts = this.arn.split(":", 8);
		return (parts.length > 6 && "function".equals(parts[5])) ? parts[6] : null;
	}

}
