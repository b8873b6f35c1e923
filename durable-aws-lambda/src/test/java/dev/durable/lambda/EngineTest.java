package dev.durable.lambda;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.durable.FunctionVersion;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.engine.FunctionBody;
import dev.durable.engine.FunctionDefinition;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.lambda.model.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** An engine whose service and time are the test's. */
abstract class EngineTest {

	static final JsonMapper MAPPER = JsonMapper.builder().build();

	static final JacksonPayloadCodec CODEC = new JacksonPayloadCodec();

	final HandTime time = new HandTime();

	final FakeService service = new FakeService(this.time, "\"input\"");

	final List<String> log = Collections.synchronizedList(new ArrayList<>());

	final ExecutorService threads = Executors.newCachedThreadPool();

	private final ExecutorService lambda = Executors.newSingleThreadExecutor();

	Function<Instant, Object> timestamps = Instant::toEpochMilli;

	UnaryOperator<LambdaEngine.Builder> customizer = UnaryOperator.identity();

	LambdaSettings settings = LambdaSettings.defaults();

	Duration remaining = Duration.ofMinutes(15);

	@AfterEach
	void nothingRunsOn() throws InterruptedException {
		this.threads.shutdown();
		this.lambda.shutdown();
		assertThat(this.threads.awaitTermination(10, TimeUnit.SECONDS)).as("all threads have ended").isTrue();
	}

	static FunctionDefinition function(String name, Type input, Type result, FunctionBody body) {
		return new FunctionDefinition(new FunctionVersion(name, "1"), input, result, null, body);
	}

	LambdaEngine engine(FunctionBody body) {
		return engine(List.of(function("orders", String.class, Object.class, body)));
	}

	LambdaEngine engine(List<FunctionDefinition> functions) {
		return this.customizer
			.apply(LambdaEngine.builder(() -> this.service, CODEC)
				.functions(() -> functions)
				.settings(this.settings)
				.executor(this.threads)
				.time(this.time.time()))
			.build();
	}

	/** Invoke the function once. */
	JsonNode invoke(FunctionBody body) {
		return invoke(engine(body));
	}

	JsonNode invoke(LambdaEngine engine) {
		return MAPPER.readTree(engine.invoke(envelope(), FakeContext.with(this.remaining)));
	}

	/** Invoke the function on a thread of its own. */
	CompletableFuture<JsonNode> invokeAside(FunctionBody body) {
		return CompletableFuture.supplyAsync(() -> invoke(body), this.lambda);
	}

	static JsonNode within(CompletableFuture<JsonNode> answer) throws Exception {
		return answer.get(10, TimeUnit.SECONDS);
	}

	byte[] envelope() {
		ObjectNode envelope = MAPPER.createObjectNode();
		envelope.put("DurableExecutionArn", FakeService.ARN);
		envelope.put("CheckpointToken", this.service.beginInvocation());
		ObjectNode state = envelope.putObject("InitialExecutionState");
		ArrayNode operations = state.putArray("Operations");
		List<Operation> page = this.service.firstPage();
		page.forEach((operation) -> operations.add(new OperationJson(this.timestamps).write(operation)));
		if (this.service.hasNextPage()) {
			state.put("NextMarker", String.valueOf(page.size()));
		}
		return MAPPER.writeValueAsBytes(envelope);
	}

	static void assertStatus(JsonNode answer, String status) {
		assertThat(answer.path("Status").asString()).as(answer.toString()).isEqualTo(status);
	}

	static void assertResult(JsonNode answer, String json) {
		assertStatus(answer, "SUCCEEDED");
		assertThat(answer.path("Result").asString()).isEqualTo(json);
	}

	/** The updates of all calls, each as its action and its operation's name. */
	List<List<String>> sent() {
		return this.service.calls()
			.stream()
			.map((call) -> call.stream().map((update) -> update.actionAsString() + " " + update.name()).toList())
			.toList();
	}

	List<String> updates() {
		return sent().stream().flatMap(List::stream).toList();
	}

}
