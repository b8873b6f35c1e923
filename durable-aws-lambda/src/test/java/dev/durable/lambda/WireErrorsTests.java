package dev.durable.lambda;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import dev.durable.ErrorObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Errors within the service's limit. */
class WireErrorsTests {

	private static final List<String> FRAMES = IntStream.range(0, 40)
		.mapToObj((i) -> "com.example.Frame%d|call|Frame.java|%d".formatted(i, i))
		.toList();

	private static int jsonSize(ErrorObject error) {
		JsonNode answer = JsonMapper.builder().build().readTree(Answer.failed(error));
		return answer.path("Error").toString().getBytes(StandardCharsets.UTF_8).length;
	}

	@Test
	void sizeIsAtLeastThatOfTheJson() {
		ErrorObject error = new ErrorObject("com.example.Odd", "\"quoted\"\n\\ü€😀\u0001", "{\"a\":1}", FRAMES);
		assertThat(WireErrors.size(error)).isBetween(jsonSize(error), jsonSize(error) + 50);
	}

	@Test
	void errorIsReadAsItWasWritten() {
		ErrorObject error = new ErrorObject("com.example.Odd", "message", "data", FRAMES);
		assertThat(WireErrors.read(WireErrors.json(error))).isEqualTo(error);
		assertThat(WireErrors.read(WireErrors.write(error))).isEqualTo(error);
	}

	@Test
	void errorOfOthersNeedsNoType() {
		assertThat(WireErrors.read(JsonMapper.shared().readTree("{\"ErrorMessage\":\"odd\"}")))
			.isEqualTo(new ErrorObject("Unknown", "odd", null, List.of()));
	}

	@Test
	void errorThatFitsIsLeftAsItIs() {
		ErrorObject error = new ErrorObject("com.example.Odd", "message", "data", FRAMES);
		assertThat(WireErrors.bound(error, 32_768)).isEqualTo(error);
	}

	@Test
	void lastFramesGoFirst() {
		ErrorObject bounded = WireErrors.bound(new ErrorObject("com.example.Odd", "m".repeat(500), "data", FRAMES),
				1_024);
		assertThat(bounded.errorMessage()).hasSize(500);
		assertThat(bounded.errorData()).isEqualTo("data");
		assertThat(bounded.stackTrace()).isNotEmpty().isEqualTo(FRAMES.subList(0, bounded.stackTrace().size()));
		assertThat(jsonSize(bounded)).isBetween(900, 1_024);
	}

	@Test
	void messageIsShortenedWhenNoFrameIsLeft() {
		ErrorObject bounded = WireErrors.bound(new ErrorObject("com.example.Odd", "m".repeat(5_000), "data", FRAMES),
				1_024);
		assertThat(bounded.stackTrace()).isEmpty();
		assertThat(bounded.errorData()).isEqualTo("data");
		assertThat(bounded.errorMessage()).startsWith("mmmm").endsWith("…").hasSizeGreaterThan(255);
		assertThat(jsonSize(bounded)).isLessThanOrEqualTo(1_024);
	}

	@Test
	void dataThatDoesNotFitIsLeftOutAsAWhole() {
		ErrorObject bounded = WireErrors.bound(new ErrorObject("com.example.Odd", "message", "d".repeat(2_000), FRAMES),
				1_024);
		assertThat(bounded).isEqualTo(ErrorObject.of("com.example.Odd", "message"));
	}

	@Test
	void errorOfLongTextsOnlyFitsInTheEnd() {
		ErrorObject bounded = WireErrors
			.bound(new ErrorObject("T".repeat(5_000), "\u0001".repeat(5_000), "d".repeat(5_000), FRAMES), 1_024);
		assertThat(jsonSize(bounded)).isLessThanOrEqualTo(1_024);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void messageIsNotCutWithinACharacter(int shift) {
		ErrorObject error = ErrorObject.of("com.example.Odd", "m".repeat(shift) + "😀".repeat(2_000));
		ErrorObject bounded = WireErrors.bound(error, 1_024);
		String message = bounded.errorMessage();
		assertThat(new String(message.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(message);
		assertThat(jsonSize(bounded)).isLessThanOrEqualTo(1_024);
	}

}
