package dev.durable.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.durable.DurableClient;
import dev.durable.ExecutionHandle;
import dev.durable.UnknownExecutionException;
import dev.durable.autoconfigure.DurableEngineCustomizer;
import dev.durable.embedded.EngineSettings;
import dev.durable.store.memory.MemoryCheckpointStore;
import dev.durable.store.tck.QuietExecutor;
import dev.durable.store.tck.VirtualTime;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The page about retention, with its settings in force and time in hand. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "spring.config.import=classpath:docs-retention.yaml", "durable.store.type=memory",
				"spring.datasource.url=jdbc:h2:mem:retention;DB_CLOSE_DELAY=-1",
				"spring.sql.init.schema-locations=classpath:docs-schema.sql" })
class RetentionPageTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	@Autowired
	private DurableClient client;

	@Autowired
	private VirtualTime time;

	@Autowired
	private QuietExecutor threads;

	@Test
	void pageShowsTheSettings() throws IOException {
		String settings = Files.readString(new ClassPathResource("docs-retention.yaml").getFile().toPath());
		assertThat(Files.readString(Path.of("..", "docs", "retention.md"))).contains("```yaml\n" + settings + "```");
	}

	@Test
	void settingsAreThoseOfThePage(@Autowired EngineSettings settings) {
		assertThat(settings.executions().retention()).isEqualTo(Duration.ofDays(30));
	}

	@Test
	void quoteWhenItsRetentionHasPassedIsMadeAnew(@Autowired QuoteFlow flow) {
		String first = flow.quote("lamp");
		ExecutionHandle<String> contract = this.client.function(QuoteFlow.class)
			.named("contract-ada")
			.start((quotes) -> quotes.sign("ada"));
		assertThat(contract.result(SOON)).isEqualTo("Signed by ada");
		pass(Duration.ofHours(1).plusMinutes(58));
		assertThat(flow.quote("lamp")).isEqualTo(first);
		ExecutionHandle<Object> quote = this.client.function("quote").named("quote-lamp").start("lamp");
		pass(Duration.ofMinutes(14));
		assertThatExceptionOfType(UnknownExecutionException.class).isThrownBy(quote::status);
		assertThat(flow.quote("lamp")).isNotEqualTo(first);
		pass(Duration.ofDays(2));
		assertThat(contract.result(SOON)).isEqualTo("Signed by ada");
	}

	/** Let time pass, with all that it brings. */
	private void pass(Duration duration) {
		for (long minute = 0; minute < duration.toMinutes(); minute++) {
			this.threads.awaitQuiet();
			this.time.advance(Duration.ofMinutes(1));
		}
		this.threads.awaitQuiet();
	}

	@TestConfiguration
	static class Time {

		@Bean
		VirtualTime time() {
			return new VirtualTime();
		}

		@Bean
		QuietExecutor threads() {
			return new QuietExecutor();
		}

		@Bean
		MemoryCheckpointStore store(VirtualTime time) {
			return new MemoryCheckpointStore(time);
		}

		@Bean
		DurableEngineCustomizer virtual(VirtualTime time, QuietExecutor threads) {
			return (builder) -> builder.timers(time).executor(threads);
		}

	}

}
