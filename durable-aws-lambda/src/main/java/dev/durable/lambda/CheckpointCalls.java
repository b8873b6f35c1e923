package dev.durable.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionRequest;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.CheckpointUpdatedExecutionState;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateRequest;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateResponse;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;

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
	List<Operation> checkpoint(List<OperationUpdate> updates) {
		// A retry carries the same client token, so the service answers it as the first
		CheckpointDurableExecutionResponse response = this.service
			.checkpoint(CheckpointDurableExecutionRequest.builder()
				.durableExecutionArn(this.arn)
				.checkpointToken(token())
				.clientToken(UUID.randomUUID().toString())
				.updates(updates)
				.build());
		this.token = response.checkpointToken();
		CheckpointUpdatedExecutionState state = response.newExecutionState();
		if (state == null) {
			return List.of();
		}
		List<Operation> operations = new ArrayList<>(state.operations());
		operations.addAll(pages(state.nextMarker()));
		return operations;
	}

	/**
	 * Read further pages of operations.
	 * @param marker where they begin, or {@code null} for no page
	 * @return their operations
	 */
	List<Operation> pages(@Nullable String marker) {
		List<Operation> operations = new ArrayList<>();
		String next = marker;
		while (next != null && !next.isEmpty()) {
			GetDurableExecutionStateResponse page = this.service.state(GetDurableExecutionStateRequest.builder()
				.durableExecutionArn(this.arn)
				.checkpointToken(token())
				.marker(next)
				.maxItems(PAGE_SIZE)
				.build());
			operations.addAll(page.operations());
			next = page.nextMarker();
		}
		return operations;
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
