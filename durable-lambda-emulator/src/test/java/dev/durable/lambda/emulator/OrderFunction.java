package dev.durable.lambda.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.CallbackTimeoutException;
import software.amazon.awssdk.services.lambda.model.EventType;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.awaitility.Awaitility.await;

/**
 * A durable function written by hand: a step that succeeds at its second attempt, a wait,
 * and a callback that it completes itself unless its input says {@code silent}. The wait
 * is so short that it may end before the function is suspended, unless the input says
 * {@code slowly}.
 */
public class OrderFunction implements RequestStreamHandler {

	private final Supplier<LambdaClient> clients;

	/** Used by Lambda's runtime interface client. */
	public OrderFunction() {
		this(() -> Sdk.client(URI.create(System.getenv("AWS_ENDPOINT_URL_LAMBDA"))));
	}

	OrderFunction(Supplier<LambdaClient> clients) {
		this.clients = clients;
	}

	/** The callback that an execution waits for. */
	static String awaitCallback(LambdaClient client, String arn) {
		return await().atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> client.getDurableExecutionHistory((request) -> request.durableExecutionArn(arn))
				.events()
				.stream()
				.filter((event) -> event.eventType() == EventType.CALLBACK_STARTED)
				.map((event) -> event.callbackStartedDetails().callbackId())
				.toList(), (found) -> !found.isEmpty())
			.get(0);
	}

	@Override
	public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
		JsonNode envelope = Json.read(input.readAllBytes());
		try (LambdaClient client = this.clients.get()) {
			output.write(Json.bytes(new Run(client, envelope).run()));
		}
	}

	/** One invocation. */
	private static final class Run {

		private final LambdaClient client;

		private final String arn;

		private final Map<String, String> statuses = new HashMap<>();

		private final Map<String, String> results = new HashMap<>();

		private final String input;

		private String token;

		Run(LambdaClient client, JsonNode envelope) {
			this.client = client;
			this.arn = envelope.get("DurableExecutionArn").stringValue();
			this.token = envelope.get("CheckpointToken").stringValue();
			JsonNode operations = envelope.get("InitialExecutionState").get("Operations");
			this.input = operations.get(0).get("ExecutionDetails").get("InputPayload").stringValue();
			operations.forEach((operation) -> {
				this.statuses.put(operation.get("Id").stringValue(), operation.get("Status").stringValue());
				JsonNode callback = operation.get("CallbackDetails");
				if (callback != null) {
					callback.properties()
						.forEach((detail) -> this.results.put(detail.getKey(), detail.getValue().toString()));
				}
			});
		}

		ObjectNode run() {
			charge();
			if (!"SUCCEEDED".equals(this.statuses.get("wait"))) {
				if (!this.statuses.containsKey("wait")) {
					checkpoint(Sdk.pause("wait", this.input.contains("slowly") ? 60 : 3).name("cooling-off"));
				}
				if (!"SUCCEEDED".equals(this.statuses.get("wait"))) {
					return Json.object().put("Status", "PENDING");
				}
			}
			if (!this.statuses.containsKey("approval")) {
				checkpoint(Sdk.start("approval", OperationType.CALLBACK)
					.callbackOptions((options) -> options.timeoutSeconds(600)));
			}
			if ("STARTED".equals(this.statuses.get("approval"))) {
				if (this.input.contains("silent")) {
					return Json.object().put("Status", "PENDING");
				}
				approve();
			}
			return ended();
		}

		private void approve() {
			String callback = this.results.get("CallbackId").replace("\"", "");
			try {
				this.client.sendDurableExecutionCallbackSuccess(
						(request) -> request.callbackId(callback).result(SdkBytes.fromUtf8String(this.input)));
			}
			catch (CallbackTimeoutException ex) {
				// an invocation that was killed had done it
			}
			while ("STARTED".equals(this.statuses.get("approval"))) {
				checkpoint();
			}
		}

		private ObjectNode ended() {
			if ("SUCCEEDED".equals(this.statuses.get("approval")) && !this.input.contains("refused")) {
				return Json.object()
					.put("Status", "SUCCEEDED")
					.put("Result", "\"charged, waited, " + this.input.replace("\"", "") + "\"");
			}
			ObjectNode failed = Json.object().put("Status", "FAILED");
			JsonNode error = this.results.containsKey("Error")
					? Json.read(this.results.get("Error").getBytes(StandardCharsets.UTF_8))
					: Json.object().put("ErrorType", "Refused").put("ErrorMessage", "refused");
			failed.set("Error", error);
			return failed;
		}

		private void charge() {
			if ("SUCCEEDED".equals(this.statuses.get("charge"))) {
				return;
			}
			if (!this.statuses.containsKey("charge")) {
				checkpoint(Sdk.start("charge", OperationType.STEP),
						Sdk.retry("charge", 1).error((error) -> error.errorType("Busy")));
			}
			while ("PENDING".equals(this.statuses.get("charge"))) {
				checkpoint();
			}
			if ("READY".equals(this.statuses.get("charge"))) {
				checkpoint(Sdk.start("charge", OperationType.STEP));
			}
			checkpoint(Sdk.succeed("charge", OperationType.STEP).payload("\"charged\""));
		}

		private CheckpointDurableExecutionResponse checkpoint(OperationUpdate.Builder... updates) {
			List<OperationUpdate> built = new ArrayList<>();
			for (OperationUpdate.Builder update : updates) {
				built.add(update.build());
			}
			CheckpointDurableExecutionResponse reply = this.client.checkpointDurableExecution(
					(request) -> request.durableExecutionArn(this.arn).checkpointToken(this.token).updates(built));
			this.token = reply.checkpointToken();
			reply.newExecutionState().operations().forEach((operation) -> {
				this.statuses.put(operation.id(), operation.statusAsString());
				if (operation.callbackDetails() != null) {
					this.results.put("CallbackId", operation.callbackDetails().callbackId());
				}
			});
			return reply;
		}

	}

}
