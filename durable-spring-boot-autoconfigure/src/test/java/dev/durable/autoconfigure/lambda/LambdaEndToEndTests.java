package dev.durable.autoconfigure.lambda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.durable.CallbackAlreadyCompletedException;
import dev.durable.CallbackNotFoundException;
import dev.durable.DurableClient;
import dev.durable.EventType;
import dev.durable.ExecutionAlreadyStartedException;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionSummary;
import dev.durable.HistoryEvent;
import dev.durable.codec.HistoryJson;
import dev.durable.lambda.DurableFunctionInvoker;
import dev.durable.lambda.emulator.EmulatedFunction;
import dev.durable.lambda.emulator.LambdaEmulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** An application as a Lambda durable function, with its client, on the emulator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LambdaEndToEndTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final AtomicReference<RequestStreamHandler> handler = new AtomicReference<>();

	private final LambdaEmulator emulator = LambdaEmulator.builder()
		.speed(20)
		.function(
				EmulatedFunction.of("sell", (input, output, context) -> handler().handleRequest(input, output, context))
					.withExecutionTimeout(Duration.ofDays(1)))
		.start();

	private ConfigurableApplicationContext client;

	private RequestStreamHandler handler() {
		return Objects.requireNonNull(this.handler.get());
	}

	@BeforeAll
	void start() {
		System.setProperty("MAIN_CLASS", LambdaShop.class.getName());
		System.setProperty("durable.store.type", "lambda");
		System.setProperty("durable.lambda.endpoint", this.emulator.endpoint().toString());
		System.setProperty("spring.autoconfigure.exclude",
				"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration");
		this.handler.set(new DurableFunctionInvoker());
		this.client = new SpringApplicationBuilder(LambdaShop.class).web(WebApplicationType.NONE).run();
	}

	@AfterAll
	void stop() {
		this.client.close();
		this.emulator.close();
		for (String property : List.of("MAIN_CLASS", "durable.store.type", "durable.lambda.endpoint",
				"spring.autoconfigure.exclude")) {
			System.clearProperty(property);
		}
	}

	private DurableClient client() {
		return this.client.getBean(DurableClient.class);
	}

	@Test
	void executionWhenStartedWaitsForItsCallbackAndSucceeds() {
		ExecutionHandle<LambdaShop.Sale> sale = client().function(LambdaShop.Sales.class)
			.start((sales) -> sales.sell("book"));
		approve("book", true);
		LambdaShop.Sale sold = sale.result(LONG);
		assertThat(sold.text()).isEqualTo("book reserved");
		assertThat(sold.executionId()).isEqualTo(sale.id().value()).startsWith("arn:");
		assertThat(sale.history()).extracting(HistoryEvent::type)
			.startsWith(EventType.EXECUTION_STARTED)
			.contains(EventType.STEP_SUCCEEDED, EventType.WAIT_SUCCEEDED, EventType.CALLBACK_SUCCEEDED,
					EventType.CONTEXT_SUCCEEDED, EventType.INVOCATION_COMPLETED)
			.contains(EventType.EXECUTION_SUCCEEDED);
		assertThat(new HistoryJson().toJson(sale.history())).contains("cooling-off", "\"Duration\":1");
		assertThat(client().execution(sale.id()).result(Duration.ZERO)).isEqualTo(sold);
	}

	private String approve(String item, boolean approved) {
		String callbackId = LambdaShop.Approvals.of(item).orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
		client().callbacks().succeed(callbackId, approved);
		return callbackId;
	}

	@Test
	void executionWhenTheFunctionThrowsFailsWithItsException() {
		ExecutionHandle<LambdaShop.Sale> sale = client().function(LambdaShop.Sales.class)
			.start((sales) -> sales.sell("lamp"));
		String callbackId = approve("lamp", false);
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> sale.result(LONG))
			.withCauseInstanceOf(IllegalStateException.class)
			.withMessageContaining("Nobody wants lamp");
		assertThatExceptionOfType(CallbackAlreadyCompletedException.class)
			.isThrownBy(() -> client().callbacks().succeed(callbackId, true));
		assertThatExceptionOfType(CallbackNotFoundException.class)
			.isThrownBy(() -> client().callbacks().heartbeat("bm8gc3VjaCBjYWxsYmFjaw=="));
	}

	@Test
	void executionWhenStoppedOrStartedAgainOrListedIsFound() {
		ExecutionHandle<Object> first = client().function("sell").named("one").start("desk");
		assertThat(client().function("sell").named("one").start("desk").id()).isEqualTo(first.id());
		assertThatExceptionOfType(ExecutionAlreadyStartedException.class)
			.isThrownBy(() -> client().function("sell").named("one").start("chair"))
			.satisfies((ex) -> assertThat(ex.executionId()).isEqualTo(first.id()));
		ExecutionHandle<Object> second = client().function("sell").named("two").start("desk");
		assertThat(second.stop("Sold out")).isTrue();
		assertThat(second.stop("Again")).isFalse();
		assertThat(second.status()).isEqualTo(ExecutionStatus.STOPPED);
		ExecutionPage page = client().list(ExecutionQuery.all().withLimit(1));
		assertThat(page.executions()).extracting(ExecutionSummary::name).containsExactly("two");
		assertThat(client().list(ExecutionQuery.all().withLimit(1).after(page.next())).executions())
			.extracting(ExecutionSummary::id)
			.containsExactly(first.id());
		assertThat(client().list(ExecutionQuery.all().withStatus(ExecutionStatus.STOPPED)).executions())
			.extracting(ExecutionSummary::id)
			.containsExactly(second.id());
	}

	@Test
	void ordinaryEventReachesTheOrdinaryFunctionAndADurableOneIsInTheCatalog() throws IOException {
		assertThat(answer("{\"a\":1}")).isEqualTo("{\"echo\":{\"a\":1}}");
		System.setProperty("spring.cloud.function.definition", "sell");
		try {
			this.handler.set(new DurableFunctionInvoker());
			JsonNode answer = JsonMapper.shared().readTree(answer("\"sofa\""));
			assertThat(answer.get("status").asString()).isEqualTo("RUNNING");
			assertThat(client().list(ExecutionQuery.all().withName("sofa")).executions()).singleElement()
				.satisfies((execution) -> assertThat(execution.id().value())
					.isEqualTo(answer.get("executionId").asString()));
		}
		finally {
			System.clearProperty("spring.cloud.function.definition");
		}
	}

	private String answer(String event) throws IOException {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		Context context = new InvocationContext(60_000);
		handler().handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, context);
		return output.toString(StandardCharsets.UTF_8);
	}

}
