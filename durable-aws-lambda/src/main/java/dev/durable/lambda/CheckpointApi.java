package dev.durable.lambda;

import java.util.function.Supplier;

import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionRequest;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateRequest;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateResponse;

/**
 * The two calls of the Lambda service that an invocation makes. Implementations are
 * thread-safe, and throw what the SDK's client throws.
 */
public interface CheckpointApi {

	/**
	 * Record updates, and learn what changed.
	 * @param request the request
	 * @return the service's answer
	 */
	CheckpointDurableExecutionResponse checkpoint(CheckpointDurableExecutionRequest request);

	/**
	 * Read a page of operations.
	 * @param request the request
	 * @return the service's answer
	 */
	GetDurableExecutionStateResponse state(GetDurableExecutionStateRequest request);

	/**
	 * Return the calls as a client makes them.
	 * @param client gives the client, asked once, when it is first needed
	 * @return the calls
	 */
	static CheckpointApi of(Supplier<LambdaClient> client) {
		return new ClientCheckpoints(client);
	}

}
