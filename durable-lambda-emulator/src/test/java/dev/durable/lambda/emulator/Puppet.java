package dev.durable.lambda.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import tools.jackson.databind.JsonNode;

/** A function whose every move a test makes. */
final class Puppet implements RequestStreamHandler {

	private final LinkedBlockingQueue<Invocation> invocations = new LinkedBlockingQueue<>();

	@Override
	public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
		JsonNode envelope = Json.read(input.readAllBytes());
		if (envelope == null) {
			throw new IllegalStateException("An envelope must be JSON");
		}
		Invocation invocation = new Invocation(envelope, context);
		this.invocations.add(invocation);
		try {
			output.write(invocation.answer.get().getBytes(StandardCharsets.UTF_8));
		}
		catch (InterruptedException ex) {
			invocation.interrupted.complete(null);
		}
		catch (ExecutionException ex) {
			throw (RuntimeException) ex.getCause();
		}
	}

	/** The next invocation, which waits for its moves. */
	Invocation next() {
		try {
			Invocation next = this.invocations.poll(60, TimeUnit.SECONDS);
			if (next == null) {
				throw new AssertionError("The function was not invoked within a minute");
			}
			return next;
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	/** One invocation. */
	static final class Invocation {

		private final JsonNode envelope;

		private final Context context;

		private final CompletableFuture<String> answer = new CompletableFuture<>();

		private final CompletableFuture<Void> interrupted = new CompletableFuture<>();

		private String token;

		private Invocation(JsonNode envelope, Context context) {
			this.envelope = envelope;
			this.context = context;
			this.token = envelope.get("CheckpointToken").stringValue();
		}

		JsonNode envelope() {
			return this.envelope;
		}

		Context context() {
			return this.context;
		}

		String arn() {
			return this.envelope.get("DurableExecutionArn").stringValue();
		}

		String token() {
			return this.token;
		}

		List<JsonNode> operations() {
			List<JsonNode> operations = new ArrayList<>();
			this.envelope.get("InitialExecutionState").get("Operations").forEach(operations::add);
			return operations;
		}

		/** Checkpoint with the newest token, and keep the one that comes back. */
		CheckpointDurableExecutionResponse checkpoint(LambdaClient client, OperationUpdate.Builder... updates) {
			return checkpoint(client, null, updates);
		}

		CheckpointDurableExecutionResponse checkpoint(LambdaClient client, @Nullable String clientToken,
				OperationUpdate.Builder... updates) {
			CheckpointDurableExecutionResponse reply = send(client, this.token, clientToken, updates);
			this.token = reply.checkpointToken();
			return reply;
		}

		CheckpointDurableExecutionResponse send(LambdaClient client, String token, @Nullable String clientToken,
				OperationUpdate.Builder... updates) {
			List<OperationUpdate> built = new ArrayList<>();
			for (OperationUpdate.Builder update : updates) {
				built.add(update.build());
			}
			return client.checkpointDurableExecution((request) -> request.durableExecutionArn(arn())
				.checkpointToken(token)
				.clientToken(clientToken)
				.updates(built));
		}

		void answer(String json) {
			this.answer.complete(json);
		}

		void succeed(String result) {
			answer(new String(Json.bytes(Json.object().put("Status", "SUCCEEDED").put("Result", result)),
					StandardCharsets.UTF_8));
		}

		void suspend() {
			answer("{\"Status\":\"PENDING\"}");
		}

		void fail(RuntimeException failure) {
			this.answer.completeExceptionally(failure);
		}

		/** Wait until the invocation is cut off. */
		void awaitInterrupt() {
			this.interrupted.orTimeout(60, TimeUnit.SECONDS).join();
		}

	}

}
