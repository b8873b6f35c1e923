package dev.durable.autoconfigure.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import dev.durable.DurableClient;
import dev.durable.DurableStep;
import dev.durable.ExecutionId;
import dev.durable.ExecutionQuery;
import dev.durable.autoconfigure.DurableAutoConfiguration;
import dev.durable.autoconfigure.DurableCodecAutoConfiguration;
import dev.durable.autoconfigure.EmbeddedEngineAutoConfiguration;
import dev.durable.autoconfigure.MemoryStoreAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link FunctionCatalogAutoConfiguration}, in an ordinary application. */
@ExtendWith(OutputCaptureExtension.class)
class FunctionCatalogAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DurableAutoConfiguration.class, DurableCodecAutoConfiguration.class,
				MemoryStoreAutoConfiguration.class, EmbeddedEngineAutoConfiguration.class,
				FunctionCatalogAutoConfiguration.class, ContextFunctionCatalogAutoConfiguration.class))
		.withPropertyValues("durable.store.type=memory");

	private static JsonNode call(ApplicationContext context, String name, Object input) {
		Function<Object, Object> function = context.getBean(FunctionCatalog.class).lookup(name, "application/json");
		assertThat(function).as(name).isNotNull();
		Object answer = function.apply(input);
		Object payload = (answer instanceof Message<?> message) ? message.getPayload() : answer;
		return JsonMapper.shared().readTree((byte[]) payload);
	}

	private static Message<byte[]> json(String json) {
		return MessageBuilder.withPayload(json.getBytes(StandardCharsets.UTF_8))
			.setHeader("contentType", "application/json")
			.build();
	}

	@Test
	void stepWithAReactiveResultStopsTheStart() {
		this.contextRunner.withBean(ReactiveStep.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("but was 'reactor.core.publisher.Mono<java.lang.String>'"));
	}

	@Test
	void functionWhenCalledRunsAnExecutionAndAnswersWithItsResult() {
		this.contextRunner.withUserConfiguration(ShopFlows.SeveralFunctions.class).run((context) -> {
			JsonNode answer = call(context, "order", json("{\"id\":\"o-1\",\"count\":2}"));
			assertThat(answer.get("status").asString()).isEqualTo("SUCCEEDED");
			assertThat(answer.get("result").get("text").asString()).isEqualTo("2 of o-1");
			ExecutionId id = new ExecutionId(answer.get("executionId").asString());
			assertThat(context.getBean(DurableClient.class).execution(id).result(Duration.ZERO))
				.isEqualTo(new ShopFlows.Receipt("2 of o-1"));
		});
	}

	@Test
	void functionWhenItHasAnIdempotencyKeyStartsOnce() {
		this.contextRunner.withUserConfiguration(ShopFlows.OneFunction.class).run((context) -> {
			JsonNode first = call(context, "order", json("{\"id\":\"o-1\",\"count\":2}"));
			assertThat(call(context, "order", json("{\"id\":\"o-1\",\"count\":2}"))).isEqualTo(first);
			assertThat(context.getBean(DurableClient.class).list(ExecutionQuery.all().withName("o-1")).executions())
				.hasSize(1);
		});
	}

	@Test
	void functionWhenItFailsAnswersWithTheError() {
		this.contextRunner.withUserConfiguration(ShopFlows.OneFunction.class).run((context) -> {
			JsonNode answer = call(context, "order", json("{\"id\":\"o-1\",\"count\":-1}"));
			assertThat(answer.get("status").asString()).isEqualTo("FAILED");
			assertThat(answer.get("error").get("errorType").asString())
				.isEqualTo(IllegalArgumentException.class.getName());
			assertThat(answer.get("error").get("errorMessage").asString()).isEqualTo("No such count");
			assertThat(answer.has("result")).isFalse();
		});
	}

	@Test
	void functionWhenItsInputIsAValueOrTextOrSeveralArgumentsTakesIt() {
		this.contextRunner.withUserConfiguration(ShopFlows.SeveralFunctions.class).run((context) -> {
			assertThat(call(context, "order", new ShopFlows.Order("o-1", 3)).get("result").get("text").asString())
				.isEqualTo("3 of o-1");
			assertThat(call(context, "order", Map.of("id", "o-2", "count", 4)).get("result").get("text").asString())
				.isEqualTo("4 of o-2");
			assertThat(call(context, "pack", json("[\"book\",2]")).get("result").asString()).isEqualTo("book x 2");
			assertThat(call(context, "greet", json("\"Ada\"")).get("result").asString()).isEqualTo("Hello, Ada");
			assertThat(call(context, "greet", "Ada").get("result").asString()).isEqualTo("Hello, Ada");
		});
	}

	@Test
	void functionWhenTheExecutionGoesOnSaysSo() {
		this.contextRunner.withUserConfiguration(ShopFlows.OneFunction.class)
			.withPropertyValues("durable.worker.enabled=false", "durable.call-timeout=1ms")
			.run((context) -> {
				JsonNode answer = call(context, "order", json("{\"id\":\"o-1\",\"count\":2}"));
				assertThat(answer.get("status").asString()).isEqualTo("RUNNING");
				assertThat(answer.has("result")).isFalse();
			});
	}

	@Test
	void functionWhenTheApplicationHasOneOfThatNameIsLeftOutWithAWarning(CapturedOutput output) {
		this.contextRunner
			.withUserConfiguration(ShopFlows.SeveralFunctions.class, ShopFlows.FunctionOfTheSameName.class)
			.run((context) -> {
				Function<Object, Object> function = context.getBean(FunctionCatalog.class).lookup("order");
				assertThat(function.apply("input")).isEqualTo("ordinary input");
				assertThat(call(context, "greet", "Ada").get("result").asString()).isEqualTo("Hello, Ada");
				assertThat(output).contains("function 'order'").contains("rename one of them");
			});
	}

	@ParameterizedTest
	@CsvSource({ ", , echo", "pack, , pack", ", pack, echo" })
	void defaultFunctionWhenThereIsOneOrdinaryFunctionStaysThat(String definition, String lambdaName, String expected) {
		this.contextRunner.withUserConfiguration(ShopFlows.SeveralFunctions.class, ShopFlows.OrdinaryFunction.class)
			.withPropertyValues(definition(definition), lambdaName(lambdaName))
			.run((context) -> assertThat(theDefault(context)).isEqualTo(expected));
	}

	@ParameterizedTest
	@CsvSource({ "pack, pack", "unknown, " })
	void defaultFunctionWhenThereAreOnlyDurableOnesIsTheOneThatRunsHere(String lambdaName, String expected) {
		this.contextRunner.withUserConfiguration(ShopFlows.SeveralFunctions.class)
			.withPropertyValues(lambdaName(lambdaName))
			.run((context) -> assertThat(theDefault(context)).isEqualTo(expected));
	}

	private static String definition(String value) {
		return (value != null) ? "spring.cloud.function.definition=" + value : "a=b";
	}

	private static String lambdaName(String value) {
		return (value != null) ? "AWS_LAMBDA_FUNCTION_NAME=" + value : "a=b";
	}

	private static String theDefault(ApplicationContext context) {
		context.getBean(FunctionCatalog.class);
		return context.getEnvironment().getProperty("spring.cloud.function.definition");
	}

	@Test
	void catalogWhenSwitchedOffHasNoDurableFunctions() {
		this.contextRunner.withUserConfiguration(ShopFlows.SeveralFunctions.class, ShopFlows.OrdinaryFunction.class)
			.withPropertyValues("durable.lambda.catalog=false")
			.run((context) -> assertThat(context.getBean(FunctionCatalog.class).getNames(null)).contains("echo")
				.doesNotContain("order", "pack", "durableFunctions"));
	}

	@Test
	void catalogWhenSwitchedOnHasOnlyWhatCanBeCalled() {
		this.contextRunner.withUserConfiguration(ShopFlows.SeveralFunctions.class, ShopFlows.OrdinaryFunction.class)
			.run((context) -> assertThat(context.getBean(FunctionCatalog.class).getNames(null))
				.containsExactlyInAnyOrder("echo", "order", "pack", "greet", "functionRouter"));
	}

	static class ReactiveStep {

		@DurableStep
		Mono<String> step() {
			return Mono.just("late");
		}

	}

}
