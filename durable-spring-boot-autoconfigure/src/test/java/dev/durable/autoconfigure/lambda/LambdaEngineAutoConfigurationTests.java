package dev.durable.autoconfigure.lambda;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.durable.DurableClient;
import dev.durable.DurableContext;
import dev.durable.DurableException;
import dev.durable.DurableFunction;
import dev.durable.autoconfigure.DurableAutoConfiguration;
import dev.durable.autoconfigure.DurableCodecAutoConfiguration;
import dev.durable.autoconfigure.EmbeddedEngineAutoConfiguration;
import dev.durable.autoconfigure.MemoryStoreAutoConfiguration;
import dev.durable.autoconfigure.StoreSelectionException;
import dev.durable.autoconfigure.dynamodb.DynamoDbStoreAutoConfiguration;
import dev.durable.autoconfigure.jdbc.JdbcStoreAutoConfiguration;
import dev.durable.autoconfigure.payload.PayloadAutoConfiguration;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.lambda.CheckpointApi;
import dev.durable.lambda.DirectCheckpoints;
import dev.durable.lambda.DurableEvents;
import dev.durable.lambda.LambdaEngine;
import dev.durable.lambda.LambdaSettings;
import dev.durable.lambda.LambdaTargets;
import dev.durable.store.CheckpointStore;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.lambda.LambdaClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests of {@link LambdaEngineAutoConfiguration}, with everything beside it. */
class LambdaEngineAutoConfigurationTests {

	private static final String ENVELOPE = """
			{"DurableExecutionArn":"arn:aws:lambda:us-east-1:000000000000:function:orders:7/durable-execution/o/1",
			"CheckpointToken":"first","InitialExecutionState":{"Operations":[{"Id":"1","Type":"EXECUTION",
			"Status":"STARTED","StartTimestamp":0,"ExecutionDetails":{"InputPayload":"\\"book\\""}}]}}""";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DurableAutoConfiguration.class, DurableCodecAutoConfiguration.class,
				MemoryStoreAutoConfiguration.class, JdbcStoreAutoConfiguration.class,
				DynamoDbStoreAutoConfiguration.class, PayloadAutoConfiguration.class,
				EmbeddedEngineAutoConfiguration.class, LambdaEngineAutoConfiguration.class))
		.withPropertyValues("durable.store.type=lambda");

	@Test
	void lambdaWhenSelectedKeepsExecutionsAndNothingRunsBeside() {
		this.contextRunner.withUserConfiguration(ShopFlows.OneFunction.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LambdaEngine.class)
				.hasSingleBean(DurableClient.class)
				.hasSingleBean(DurableContext.class)
				.hasSingleBean(DurableEvents.class)
				.doesNotHaveBean(CheckpointStore.class)
				.doesNotHaveBean(EmbeddedEngine.class)
				.doesNotHaveBean(LambdaClient.class)
				.doesNotHaveBean(SmartLifecycle.class));
	}

	@Test
	void lambdaWhenNotSelectedIsNotThere() {
		this.contextRunner.withPropertyValues("durable.store.type=memory")
			.run((context) -> assertThat(context).hasSingleBean(EmbeddedEngine.class)
				.doesNotHaveBean(LambdaEngine.class)
				.doesNotHaveBean(DurableEvents.class));
	}

	@Test
	void lambdaWhenTheModuleIsMissingSaysWhatToAdd() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("dev.durable.lambda"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(StoreSelectionException.class)
				.hasMessageContaining("durable-aws-lambda")
				.satisfies((ex) -> assertThat(((StoreSelectionException) ex).action())
					.contains("dev.durable:durable-aws-lambda")));
	}

	@Test
	void lambdaWhenTheApplicationHasAStoreOfItsOwnBacksOff() {
		this.contextRunner.withBean(MemoryCheckpointStore.class)
			.run((context) -> assertThat(context).hasSingleBean(EmbeddedEngine.class)
				.doesNotHaveBean(LambdaEngine.class));
	}

	@Test
	void beansWhenTheApplicationHasThemAreTaken() {
		LambdaClient theirs = lambdaClient();
		LambdaTargets targets = LambdaTargets.defaults();
		this.contextRunner.withBean(LambdaClient.class, () -> theirs)
			.withBean(LambdaTargets.class, () -> targets)
			.run((context) -> {
				assertThat(context.getBean(ServiceConnection.class).client()).isSameAs(theirs);
				assertThat(context).getBean(LambdaTargets.class).isSameAs(targets);
			});
	}

	@Test
	void clientWhenAPlaceIsConfiguredIsOurOwnAndClosedWithTheContext() {
		LambdaClient theirs = lambdaClient();
		this.contextRunner.withBean(LambdaClient.class, () -> theirs)
			.withPropertyValues("durable.lambda.endpoint=http://127.0.0.1:9", "durable.lambda.region=eu-west-1")
			.run((context) -> {
				ServiceConnection<?> connection = context.getBean(ServiceConnection.class);
				LambdaClient own = (LambdaClient) connection.client();
				assertThat(own).isNotSameAs(theirs).isSameAs(connection.client());
				assertThat(own.serviceClientConfiguration().region()).hasToString("eu-west-1");
				assertThat(own.serviceClientConfiguration().endpointOverride()).isPresent();
			});
	}

	@Test
	void checkpointsInALambdaFunctionDoNotNeedTheClient() {
		onLambda().run((context) -> {
			assertThat(context).getBean(CheckpointApi.class).isInstanceOf(DirectCheckpoints.class);
			assertThat(context.getBean(ServiceConnection.class).isOpen()).isFalse();
		});
	}

	@Test
	void checkpointsWhereTheApplicationKnowsBetterAreItsOwn() {
		CheckpointApi theirs = CheckpointApi.of(LambdaEngineAutoConfigurationTests::lambdaClient);
		onLambda().withBean(CheckpointApi.class, () -> theirs)
			.run((context) -> assertThat(context).getBean(CheckpointApi.class).isSameAs(theirs));
		onLambda().withBean(LambdaClient.class, LambdaEngineAutoConfigurationTests::lambdaClient)
			.run((context) -> assertThat(context).getBean(CheckpointApi.class)
				.isNotInstanceOf(DirectCheckpoints.class));
		onLambda().withBean(AwsCredentialsProvider.class, AnonymousCredentialsProvider::create)
			.run((context) -> assertThat(context).getBean(CheckpointApi.class)
				.isNotInstanceOf(DirectCheckpoints.class));
		onLambda().withBean(AwsRegionProvider.class, () -> () -> Region.EU_WEST_1)
			.run((context) -> assertThat(context).getBean(CheckpointApi.class)
				.isNotInstanceOf(DirectCheckpoints.class));
		this.contextRunner.run(
				(context) -> assertThat(context).getBean(CheckpointApi.class).isNotInstanceOf(DirectCheckpoints.class));
	}

	@Test
	void engineCallsTheServiceAndInvokesFunctionsAsTheBeansSay() {
		List<JsonNode> updates = new CopyOnWriteArrayList<>();
		this.contextRunner.withBean(CheckpointApi.class, () -> new RecordingCheckpoints(updates))
			.withBean(Caller.class)
			.withPropertyValues("durable.lambda.function-names.ship=shipping:prod")
			.run((context) -> {
				byte[] answer = context.getBean(LambdaEngine.class)
					.invoke(ENVELOPE.getBytes(StandardCharsets.UTF_8), new InvocationContext(60_000));
				assertThat(new String(answer, StandardCharsets.UTF_8)).contains("PENDING");
				assertThat(updates).extracting((update) -> update.at("/ChainedInvokeOptions/FunctionName").asString())
					.containsExactly("shipping:prod");
			});
	}

	@Test
	void clientInAnOrdinaryEventDoesNotStartItsOwnLambdaFunction() {
		this.contextRunner.withBean(LambdaClient.class, LambdaEngineAutoConfigurationTests::lambdaClient)
			.withUserConfiguration(ShopFlows.OneFunction.class)
			.withPropertyValues("AWS_LAMBDA_FUNCTION_NAME=orders")
			.run((context) -> {
				DurableClient client = context.getBean(DurableClient.class);
				assertThatExceptionOfType(DurableException.class)
					.isThrownBy(() -> context.getBean(DurableEvents.class)
						.during(new InvocationContext(60_000), () -> client.function("order").start(null)))
					.withMessageContaining("'orders:$LATEST', which is this one");
			});
	}

	private ApplicationContextRunner onLambda() {
		Map<String, String> variables = Map.of("AWS_LAMBDA_FUNCTION_NAME", "orders", "AWS_REGION", "eu-west-1",
				"AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "secret");
		return this.contextRunner.withBean(DirectCalls.class,
				() -> new DirectCalls(variables, new Properties(), getClass().getClassLoader()));
	}

	@Test
	void clientWhenTheApplicationHasSeveralAsksWhichOne() {
		this.contextRunner.withBean("one", LambdaClient.class, LambdaEngineAutoConfigurationTests::lambdaClient)
			.withBean("two", LambdaClient.class, LambdaEngineAutoConfigurationTests::lambdaClient)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(StoreSelectionException.class)
				.hasMessageContaining("[one, two]"));
	}

	@Test
	void settingsWhenConfiguredReachTheEngine() {
		this.contextRunner
			.withPropertyValues("durable.lambda.checkpoint.max-updates=50", "durable.lambda.checkpoint.delay=5ms",
					"durable.lambda.budget.operations=100", "durable.lambda.margin=2s", "durable.threads.max-running=7",
					"durable.logging.replay=true")
			.run((context) -> {
				LambdaSettings settings = context.getBean(LambdaSettings.class);
				assertThat(settings.checkpoints().maxUpdates()).isEqualTo(50);
				assertThat(settings.checkpoints().delay()).hasMillis(5);
				assertThat(settings.limits().operations()).isEqualTo(100);
				assertThat(settings.invocations().drainBefore()).hasSeconds(2);
				assertThat(settings.invocations().maxRunning()).isEqualTo(7);
				assertThat(settings.invocations().replayLogging()).isTrue();
			});
	}

	@Test
	void endpointWhenItIsNoAddressIsRefused() {
		this.contextRunner.withPropertyValues("durable.lambda.endpoint=localhost")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("durable.lambda.endpoint"));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "-, -, shop-fn, -, -", "order, -, shop-fn, order, shop-fn", "-, pack, shop-fn, pack, shop-fn",
					"-, echo, shop-fn, -, -", "-, -, greet, greet, greet", "order, pack, -, -, -" })
	void targetOfTheFunctionThatRunsHereIsThisLambdaFunction(String function, String definition, String lambdaName,
			String durableName, String target) {
		this.contextRunner.withUserConfiguration(ShopFlows.SeveralFunctions.class)
			.withPropertyValues(property("durable.lambda.function", function),
					property("spring.cloud.function.definition", definition),
					property("AWS_LAMBDA_FUNCTION_NAME", lambdaName))
			.run((context) -> {
				LambdaTargets targets = context.getBean(LambdaTargets.class);
				assertThat(targets.qualifier()).isEqualTo("$LATEST");
				if (target != null) {
					assertThat(targets.names()).containsOnlyKeys(durableName).containsEntry(durableName, target);
				}
				else {
					assertThat(targets.names()).isEmpty();
				}
			});
	}

	@Test
	void targetsWhenConfiguredAreTaken() {
		this.contextRunner
			.withPropertyValues("durable.lambda.function-names.order=shop:v2", "durable.lambda.qualifier=live")
			.run((context) -> {
				LambdaTargets targets = context.getBean(LambdaTargets.class);
				assertThat(targets.names()).containsEntry("order", "shop:v2");
				assertThat(targets.qualifier()).isEqualTo("live");
			});
	}

	private static String property(String name, String value) {
		return (value != null) ? name + "=" + value : "a=b";
	}

	private static LambdaClient lambdaClient() {
		return (LambdaClient) Proxy.newProxyInstance(LambdaClient.class.getClassLoader(),
				new Class<?>[] { LambdaClient.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "hashCode" -> System.identityHashCode(proxy);
					case "equals" -> proxy == arguments[0];
					case "toString" -> "their client";
					default -> null;
				});
	}

	/** Has another function called. */
	static class Caller {

		private final DurableContext durable;

		Caller(DurableContext durable) {
			this.durable = durable;
		}

		@DurableFunction(name = "orders")
		String order(String item) {
			return this.durable.invoke("send", "ship", item, String.class);
		}

	}

	/** Takes every checkpoint, and writes it down. */
	private record RecordingCheckpoints(List<JsonNode> updates) implements CheckpointApi {

		@Override
		public JsonNode checkpoint(String execution, ObjectNode request) {
			ObjectNode answer = JsonNodeFactory.instance.objectNode().put("CheckpointToken", "next");
			ArrayNode operations = answer.putObject("NewExecutionState").putArray("Operations");
			request.path("Updates").forEach((update) -> {
				this.updates.add(update);
				operations.add(((ObjectNode) update.deepCopy()).put("Status", "STARTED"));
			});
			return answer;
		}

		@Override
		public JsonNode state(String execution, Page page) {
			throw new UnsupportedOperationException("There is one page");
		}

	}

}
