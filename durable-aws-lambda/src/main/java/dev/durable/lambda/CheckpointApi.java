package dev.durable.lambda;

import java.util.function.Supplier;

import software.amazon.awssdk.services.lambda.LambdaClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two calls of the Lambda service that an invocation makes, in the JSON of its API.
 * Implementations are thread-safe, and throw what the SDK's client throws.
 * <p>
 * It is JSON as the envelope of an invocation is, too: one form for all, and a cold start
 * need not load the SDK's model.
 */
public interface CheckpointApi {

	/**
	 * Record updates, and learn what changed ({@code CheckpointDurableExecution}).
	 * @param execution the execution's ARN
	 * @param request the body of the request
	 * @return the body of the answer
	 */
	JsonNode checkpoint(String execution, ObjectNode request);

	/**
	 * Read a page of operations ({@code GetDurableExecutionState}).
	 * @param execution the execution's ARN
	 * @param page which page
	 * @return the body of the answer
	 */
	JsonNode state(String execution, Page page);

	/**
	 * Return the calls as a client makes them.
	 * @param client gives the client, asked once, when it is first needed
	 * @return the calls
	 */
	static CheckpointApi of(Supplier<LambdaClient> client) {
		return new ClientCheckpoints(client);
	}

	/**
	 * Which page of operations to read.
	 *
	 * @param token the last checkpoint token
	 * @param marker where the page begins
	 * @param maxItems how many operations it has at most, from 1
	 */
	record Page(String token, String marker, int maxItems) {
	}

}
