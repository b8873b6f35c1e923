package dev.durable.docs;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.durable.DurableClient;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionQuery;
import dev.durable.autoconfigure.DurableProperties;
import dev.durable.store.CheckpointStore;
import dev.durable.store.dynamodb.DynamoDbCheckpointStore;
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

/**
 * The pages about stores: their settings exist, and those for DynamoDB do what it says.
 */
class StorePagesTests {

	private static final Pattern PROPERTIES = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL);

	private static List<Properties> settings(String page) throws IOException {
		Matcher blocks = PROPERTIES.matcher(Files.readString(Path.of("..", "docs", page)));
		List<Properties> found = new ArrayList<>();
		while (blocks.find()) {
			Properties settings = new Properties();
			settings.load(new StringReader(blocks.group(1)));
			found.add(settings);
		}
		return found;
	}

	@ParameterizedTest
	@ValueSource(strings = { "stores-dynamodb.md", "choosing-a-store.md" })
	void settingsOfThePagesExist(String page) throws IOException {
		BindHandler strict = new NoUnboundElementsBindHandler(BindHandler.DEFAULT);
		assertThat(settings(page)).isNotEmpty()
			.allSatisfy((settings) -> assertThatNoException()
				.isThrownBy(() -> new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("durable",
						Bindable.of(DurableProperties.class), strict)));
	}

	@Test
	void settingsOfTheDynamoDbPageKeepExecutionsThere() throws IOException {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(DocsApplication.class)
			.sources(DynamoDbInTests.class)
			.web(WebApplicationType.NONE)
			.properties(settings("stores-dynamodb.md").get(0))
			.run("--spring.datasource.url=jdbc:h2:mem:beside-dynamodb",
					"--spring.sql.init.schema-locations=classpath:docs-schema.sql",
					"--durable.store.dynamodb.create-table=true", "--durable.functions.sign-contract.retention=-1")) {
			assertThat(context.getBean(CheckpointStore.class)).isInstanceOf(DynamoDbCheckpointStore.class);
			DurableClient client = context.getBean(DurableClient.class);
			ExecutionHandle<String> greeting = client.function(GreetingFlow.class).start((flow) -> flow.greet("Ada"));
			assertThat(greeting.result(Duration.ofSeconds(30))).isEqualTo("Hello, Ada");
			assertThat(client.list(ExecutionQuery.all()).executions()).singleElement()
				.satisfies((execution) -> assertThat(execution.id()).isEqualTo(greeting.id()));
		}
	}

}
