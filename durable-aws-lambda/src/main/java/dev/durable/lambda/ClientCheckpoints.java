package dev.durable.lambda;

import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionRequest;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateRequest;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateResponse;

/** The calls of a client, which is not there before the first. */
final class ClientCheckpoints implements CheckpointApi {

	private final Supplier<LambdaClient> clients;

	private volatile @Nullable LambdaClient client;

	ClientCheckpoints(Supplier<LambdaClient> clients) {
		this.clients = Objects.requireNonNull(clients, "'client' must not be null");
	}

	@Override
	public CheckpointDurableExecutionResponse checkpoint(CheckpointDurableExecutionRequest request) {
		return client().checkpointDurableExecution(request);
	}

	@Override
	public GetDurableExecutionStateResponse state(GetDurableExecutionStateRequest request) {
		return client().getDurableExecutionState(request);
	}

	private LambdaClient client() {
		LambdaClient known = this.client;
		if (known == null) {
			synchronized (this) {
				known = this.client;
				if (known == null) {
					known = Objects.requireNonNull(this.clients.get(), "'client' must give a client");
					this.client = known;
				}
			}
		}
		return known;
	}

}
