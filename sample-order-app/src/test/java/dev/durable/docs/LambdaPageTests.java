package dev.durable.docs;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.durable.DurableClient;
import dev.durable.ExecutionId;
import dev.durable.autoconfigure.DurableProperties;
import dev.durable.autoconfigure.lambda.LambdaProperties;
import dev.durable.lambda.DurableEvents;
import dev.durable.lambda.DurableFunctionInvoker;
import dev.durable.lambda.emulator.EmulatedFunction;
import dev.durable.lambda.emulator.LambdaEmulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** The page about Lambda: its settings exist, and its function runs with them. */
class LambdaPageTests {

	private static final Pattern PROPERTIES = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL);

	private static List<Properties> settings() throws IOException {
		Matcher blocks = PROPERTIES.matcher(Files.readString(Path.of("..", "docs", "lambda.md")));
		List<Properties> found = new ArrayList<>();
		while (blocks.find()) {
			Properties settings = new Properties();
			settings.load(new StringReader(blocks.group(1)));
			found.add(settings);
		}
		return found;
	}

	@Test
	void settingsOfThePageExist() throws IOException {
		BindHandler strict = new NoUnboundElementsBindHandler(BindHandler.DEFAULT);
		assertThat(settings()).hasSize(2).allSatisfy((settings) -> {
			Properties lambda = new Properties();
			settings.stringPropertyNames()
				.stream()
				.filter((name) -> name.startsWith("durable.lambda."))
				.forEach((name) -> lambda.put(name, settings.remove(name)));
			assertThat(lambda).isNotEmpty();
			assertThatNoException().isThrownBy(() -> {
				new Binder(new MapConfigurationPropertySource(lambda)).bindOrCreate("durable.lambda",
						Bindable.of(LambdaProperties.class), strict);
				new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("durable",
						Bindable.of(DurableProperties.class), strict);
			});
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "dev.durable.lambda.DurableFunctionInvoker", "DURABLE_LATE_START",
			"durable.lambda.budget.operations", "durable.lambda.priming", "durable.lambda.catalog" })
	void pageNamesWhatThereIs(String name) throws IOException {
		assertThat(Files.readString(Path.of("..", "docs", "lambda.md"))).contains(name);
		assertThat(DurableFunctionInvoker.class.getName()).isEqualTo("dev.durable.lambda.DurableFunctionInvoker");
	}

	@Test
	void functionOfThePageRunsWithItsSettings() throws IOException {
		AtomicReference<RequestStreamHandler> handler = new AtomicReference<>();
		try (LambdaEmulator emulator = LambdaEmulator.builder()
			.speed(1000)
			.function(EmulatedFunction
				.of("welcome", (input, output, context) -> handler.get().handleRequest(input, output, context))
				.withExecutionTimeout(Duration.ofDays(366)))
			.start(); ConfigurableApplicationContext application = application(emulator)) {
			DurableEvents events = application.getBean(DurableEvents.class);
			handler.set((input, output, context) -> output.write(events.handle(input.readAllBytes(), context)));
			ExecutionId id = application.getBean(WelcomeDesk.class).welcome("Ada");
			assertThat(
					application.getBean(DurableClient.class).execution(id, String.class).result(Duration.ofSeconds(60)))
				.isEqualTo("Hello, Ada, still there?");
			assertThat(application.getBean(WelcomeDesk.class).welcome("Ada")).isEqualTo(id);
		}
	}

	private static ConfigurableApplicationContext application(LambdaEmulator emulator) throws IOException {
		return new SpringApplicationBuilder(DocsApplication.class).web(WebApplicationType.NONE)
			.properties(settings().get(0))
			.run("--spring.datasource.url=jdbc:h2:mem:lambda-page",
					"--spring.sql.init.schema-locations=classpath:docs-schema.sql", "--durable.lambda.function=welcome",
					"--durable.lambda.endpoint=" + emulator.endpoint());
	}

}
