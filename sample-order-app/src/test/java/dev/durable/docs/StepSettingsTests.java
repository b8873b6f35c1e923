package dev.durable.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;

import dev.durable.DurableClient;
import dev.durable.EventType;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionStatus;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The settings that the page about steps shows, in force. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "spring.config.import=classpath:docs-steps.yaml", "durable.store.type=memory",
				"spring.datasource.url=jdbc:h2:mem:step-settings;DB_CLOSE_DELAY=-1",
				"spring.sql.init.schema-locations=classpath:docs-schema.sql" })
class StepSettingsTests {

	@Autowired
	private DurableClient client;

	@Test
	void pageShowsTheseSettings() throws IOException {
		String settings = Files.readString(new ClassPathResource("docs-steps.yaml").getFile().toPath());
		assertThat(Files.readString(Path.of("..", "docs", "steps.md"))).contains("```yaml\n" + settings + "```");
	}

	@Test
	void futuresAreAwaited(@Autowired TourFlow tours) {
		assertThat(tours.reserveRooms(List.of("Rome", "Oslo"))).containsExactly("Room in Rome", "Room in Oslo");
		assertThat(tours.findGuides("Rome", "Oslo")).isEqualTo("Guide to Rome, Guide to Oslo");
	}

	@Test
	void stepIsRetriedAsConfigured(@Autowired TourFlow tours) {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> tours.findGuides("Atlantis", "Rome"))
			.withMessageEndingWith("SoldOutException: No seat is left");
		ExecutionHandle<?> same = this.client.function("find-guides")
			.named("guides-Atlantis")
			.start(new Object[] { "Atlantis", "Rome" });
		assertThat(same.status()).isEqualTo(ExecutionStatus.FAILED);
		assertThat(same.history()).filteredOn((event) -> event.type() == EventType.STEP_FAILED).hasSize(3);
	}

}
