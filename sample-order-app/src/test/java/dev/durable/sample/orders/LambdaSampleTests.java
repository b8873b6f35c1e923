package dev.durable.sample.orders;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.durable.DurableClient;
import dev.durable.EventType;
import dev.durable.ExecutionHandle;
import dev.durable.HistoryEvent;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.lambda.DurableFunctionInvoker;
import dev.durable.lambda.LambdaExecutions;
import dev.durable.lambda.LambdaTargets;
import dev.durable.lambda.emulator.EmulatedFunction;
import dev.durable.lambda.emulator.JavaCommand;
import dev.durable.lambda.emulator.LambdaEmulator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The same code as a Lambda durable function, in the process that Lambda runs. */
class LambdaSampleTests {

	private static EmulatedFunction function() {
		return EmulatedFunction.of(List.of("process-order"),
				new EmulatedFunction.Command(
						JavaCommand.of(DurableFunctionInvoker.class.getName(), "-Xshare:auto",
								"-XX:TieredStopAtLevel=1"),
						Map.of("MAIN_CLASS", OrderApplication.class.getName(), "SPRING_PROFILES_ACTIVE", "lambda",
								"ORDERS_CARDFAILURERATE", "0"),
						1))
			.withExecutionTimeout(Duration.ofDays(1));
	}

	@Test
	void orderWhenPlacedAtLambdaIsShipped() {
		try (LambdaEmulator emulator = LambdaEmulator.builder().speed(10).function(function()).start();
				LambdaClient lambda = LambdaClient.builder()
					.endpointOverride(emulator.endpoint())
					.region(Region.US_EAST_1)
					.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
					.httpClientBuilder(UrlConnectionHttpClient.builder())
					.build()) {
			DurableClient client = LambdaExecutions.client(() -> lambda, new JacksonPayloadCodec())
				.targets(new LambdaTargets(Map.of("process-order", "process-order"), "live"))
				.build();
			ExecutionHandle<OrderOutcome> order = client.function("process-order")
				.named("order-1")
				.start(new Order("order-1", "book", 1, 1999, "visa"), OrderOutcome.class);
			assertThat(order.result(Duration.ofMinutes(2)).result()).isEqualTo(OrderOutcome.Result.SHIPPED);
			assertThat(order.history()).as("a failed invocation, of which another one makes up")
				.noneMatch((event) -> event.error() != null);
			assertThat(order.history()).extracting(HistoryEvent::type)
				.contains(EventType.STEP_SUCCEEDED, EventType.WAIT_SUCCEEDED)
				.filteredOn(EventType.INVOCATION_COMPLETED::equals)
				.hasSize(2);
		}
	}

}
