package dev.durable.docs;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.durable.DurableClient;
import dev.durable.ExecutionHandle;
import dev.durable.HistoryEvent;
import dev.durable.codec.HistoryJson;
import dev.durable.payload.KeyProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs what the pages about encryption and offload show. */
class SealingPagesTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

	@TempDir
	Path directory;

	/** The settings of a page's first block. */
	private static Properties settings(String page) throws IOException {
		Matcher block = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("..", "docs", page)));
		assertThat(block.find()).isTrue();
		Properties settings = new Properties();
		settings.load(new StringReader(block.group(1)));
		return settings;
	}

	private ConfigurableApplicationContext run(String database, Properties settings, Map<String, Object> environment,
			Class<?>... sources) {
		return new SpringApplicationBuilder(DocsApplication.class).sources(sources)
			.web(WebApplicationType.NONE)
			.properties(settings)
			.properties(environment)
			.run("--spring.datasource.url=jdbc:h2:mem:sealing-" + database,
					"--spring.sql.init.schema-locations=classpath:docs-schema.sql");
	}

	private static List<HistoryEvent> greet(ConfigurableApplicationContext context) {
		ExecutionHandle<String> greeting = context.getBean(DurableClient.class)
			.function(GreetingFlow.class)
			.start((flow) -> flow.greet("Ada"));
		assertThat(greeting.result(SOON)).isEqualTo("Hello, Ada");
		return greeting.history();
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.walk(this.directory)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

	@Test
	void settingsOfTheEncryptionPageEncryptWhatTheHistoryShows() throws IOException {
		Properties settings = settings("encryption.md");
		try (ConfigurableApplicationContext context = run("encryption", settings,
				Map.of("DURABLE_KEY_2026_11", KEY, "DURABLE_KEY_2025_11", KEY))) {
			List<HistoryEvent> history = greet(context);
			assertThat(history.get(0).details()).containsEntry("encrypted", "2026-11");
			assertThat(new HistoryJson().toJson(history)).doesNotContain("Ada").contains("\"Truncated\":true");
		}
	}

	@Test
	void keysOfTheEncryptionPageComeFromTheVault() {
		try (ConfigurableApplicationContext context = run("vault", new Properties(), Map.of(), PayloadKeys.class,
				Vault.class)) {
			assertThat(context.getBean(KeyProvider.class).find("2025-11")).isPresent();
			assertThat(greet(context).get(0).details()).containsEntry("encrypted", "2026-11");
		}
	}

	@Test
	void settingsOfTheOffloadPageKeepLargePayloadsInFiles() throws IOException {
		Properties settings = settings("payload-offload.md");
		assertThat(settings).containsEntry("durable.payload.offload.threshold", "256KB");
		settings.put("durable.payload.offload.threshold", "4B");
		try (ConfigurableApplicationContext context = run("offload", settings,
				Map.of("SHARED_VOLUME", this.directory.toString()))) {
			assertThat(greet(context).get(0).details()).containsEntry("offloaded", "5");
			assertThat(files()).isNotEmpty();
		}
	}

	@Test
	void storeOfTheOffloadPageIsTheApplicationsOwn() throws IOException {
		try (ConfigurableApplicationContext context = run("files", new Properties(),
				Map.of("archive.volume", this.directory.toString(), "durable.payload.offload.threshold", "4B"),
				PayloadFiles.class)) {
			greet(context);
			assertThat(files()).isNotEmpty().allMatch((file) -> file.startsWith(this.directory.resolve("durable")));
		}
	}

	/** Not scanned. */
	static class Vault {

		@Bean
		KeyVault vault() {
			return (name) -> new byte[32];
		}

	}

}
