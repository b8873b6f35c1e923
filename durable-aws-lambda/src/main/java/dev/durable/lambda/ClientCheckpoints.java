package dev.durable.lambda;

import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls of a client, which is not there before the first. */
final class ClientCheckpoints implements CheckpointApi {

	private final Supplier<LambdaClient> clients;

	private volatile @Nullable LambdaClient client;

	ClientCheckpoints(Supplier<LambdaClient> clients) {
		this.clients = Objects.requireNonNull(clients, "'client' must not be null");
	}

	@Override
	public JsonNode checkpoint(String execution, ObjectNode request) {
		CheckpointDurableExecutionRequest.Builder builder = CheckpointDurableExecutionRequest.builder();
		ModelJson.read(request, builder);
		return ModelJson.write(client().checkpointDurableExecution(builder.durableExecutionArn(execution).build()));
	}

	@Override
	public JsonNode state(String execution, Page page) {
		return ModelJson.write(client().getDurableExecutionState((request) -> request.durableExecutionArn(execution)
			.checkpointToken(page.token())
			.marker(page.marker())
			.maxItems(page.maxItems())));
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
