package dev.durable.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.durable.DurableClient;
import dev.durable.EventType;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "spring.datasource.url=jdbc:h2:mem:docs;DB_CLOSE_DELAY=-1",
				"spring.sql.init.schema-locations=classpath:docs-schema.sql" })
class HistoryPageTests {

	private static final Path PAGE = Path.of("..", "docs", "history.md");

	private static final Duration SOON = Duration.ofSeconds(30);

	/** Times and random ids, which differ from run to run. */
	private static final Pattern VARYING = Pattern
		.compile("\"(\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\"");

	@Autowired
	private DurableClient client;

	@Autowired
	private Historian historian;

	@Test
	void historyWhenShownHasTheEventsOfThePage() throws IOException {
		ExecutionHandle<String> greeting = this.client.function(GreetingFlow.class).start((flow) -> flow.greet("Ada"));
		assertThat(greeting.result(SOON)).isEqualTo("Hello, Ada");
		Matcher page = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
		assertThat(page.find()).isTrue();
		List<JsonNode> expected = events(page.group(1));
		assertThat(expected).hasSizeGreaterThan(3);
		assertThat(events(this.historian.show(greeting.id(), false))).containsSubsequence(expected);
		assertThat(this.historian.show(greeting.id(), true)).contains("compose").doesNotContain("Ada");
	}

	@Test
	void failedAttemptsAreThoseOfTheHistory() {
		ExecutionHandle<String> trip = this.client.function(TripFlow.class).start((flow) -> flow.bookTrip("late"));
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> trip.result(SOON));
		assertThat(this.historian.failedAttempts(trip.id()))
			.containsExactly("Step 'book-flight', attempt 1: No seat is left");
	}

	@Test
	void pageWhenReadNamesEveryEventType() throws IOException {
		assertThat(Files.readString(PAGE))
			.contains(Arrays.stream(EventType.values()).map((type) -> "| `" + type.text() + "` |").toList());
	}

	private static List<JsonNode> events(String json) {
		JsonNode events = JsonMapper.shared().readTree(VARYING.matcher(json).replaceAll("\"…\"")).get("Events");
		return events.valueStream().toList();
	}

}
