package dev.durable.autoconfigure.lambda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.durable.lambda.DurableFunctionInvoker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** An application on plain Lambda, whose executions are in a store of ours. */
class OnDemandEndToEndTests {

	private static final String WAKE_UP = "{\"durable\":\"wake-up\",\"at\":\"2026-01-01T00:00:00Z\"}";

	@BeforeEach
	void begin() {
		System.setProperty("MAIN_CLASS", LambdaShop.class.getName());
		System.setProperty("durable.store.type", "memory");
		System.setProperty("durable.lambda.on-demand", "true");
		System.setProperty("spring.cloud.function.definition", "sell");
		System.setProperty("spring.autoconfigure.exclude",
				"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration");
	}

	@AfterEach
	void end() {
		for (String property : List.of("MAIN_CLASS", "durable.store.type", "durable.lambda.on-demand",
				"spring.cloud.function.definition", "spring.autoconfigure.exclude")) {
			System.clearProperty(property);
		}
	}

	@Test
	void executionGoesAsFarAsItCanAndOnWithTheNextEvent() throws IOException {
		RequestStreamHandler handler = new DurableFunctionInvoker();
		JsonNode started = JsonMapper.shared().readTree(answer(handler, "\"piano\""));
		assertThat(started.get("status").asString()).isEqualTo("RUNNING");
		assertThat(askedAfterWakeUps(handler)).isNotEmpty();
		assertThat(answer(handler, "{\"durable\":\"sweep\"}")).isEqualTo("null");
		JsonNode again = JsonMapper.shared().readTree(answer(handler, "\"piano\""));
		assertThat(again).isEqualTo(started);
	}

	/** Wake the function until its wait is over and it has asked for an approval. */
	private static String askedAfterWakeUps(RequestStreamHandler handler) throws IOException {
		CompletableFuture<String> asked = LambdaShop.Approvals.of("piano");
		for (int i = 0; i < 100 && !asked.isDone(); i++) {
			assertThat(answer(handler, WAKE_UP)).isEqualTo("null");
			asked.copy().completeOnTimeout("", 100, TimeUnit.MILLISECONDS).join();
		}
		return asked.join();
	}

	private static String answer(RequestStreamHandler handler, String event) throws IOException {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output,
				new InvocationContext(10_000));
		return output.toString(StandardCharsets.UTF_8);
	}

}
