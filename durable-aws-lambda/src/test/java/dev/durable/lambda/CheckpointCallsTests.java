package dev.durable.lambda;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CheckpointCallsTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final List<Object> requests = new ArrayList<>();

	private final List<String> answers = new ArrayList<>();

	private final CheckpointCalls calls = new CheckpointCalls(new Script(), "arn", "t0");

	@Test
	void checkpointReturnsTheOperationsOfAllPages() {
		this.answers.add("""
				{"CheckpointToken":"t1","NewExecutionState":{"Operations":[{"Id":"a"}],"NextMarker":"m1"}}""");
		this.answers.add("""
				{"Operations":[{"Id":"b"}],"NextMarker":"m2"}""");
		this.answers.add("""
				{"Operations":[{"Id":"c"}],"NextMarker":""}""");
		assertThat(this.calls.checkpoint(List.of())).extracting((operation) -> operation.path("Id").asString())
			.containsExactly("a", "b", "c");
		assertThat(this.requests.subList(1, 3)).containsExactly(new CheckpointApi.Page("t1", "m1", 1_000),
				new CheckpointApi.Page("t1", "m2", 1_000));
	}

	@Test
	void checkpointUsesTheLastTokenAndAClientTokenOfItsOwn() {
		this.answers.addAll(List.of("{\"CheckpointToken\":\"t1\"}", "{\"CheckpointToken\":\"t2\"}"));
		this.calls.checkpoint(List.of());
		this.calls.checkpoint(List.of());
		assertThat(this.requests).extracting((request) -> ((JsonNode) request).path("CheckpointToken").asString())
			.containsExactly("t0", "t1");
		assertThat(this.requests).extracting((request) -> ((JsonNode) request).path("ClientToken").asString())
			.doesNotHaveDuplicates()
			.doesNotContain("");
	}

	@Test
	void checkpointAfterAnAnswerWithoutATokenTellsTheExecution() {
		this.answers.add("{}");
		this.calls.checkpoint(List.of());
		assertThatIllegalStateException().isThrownBy(() -> this.calls.checkpoint(List.of()))
			.withMessageContaining("no checkpoint token")
			.withMessageContaining("'arn'");
	}

	/** Answers one after the other. */
	private final class Script implements CheckpointApi {

		@Override
		public JsonNode checkpoint(String execution, ObjectNode request) {
			return answer(request);
		}

		@Override
		public JsonNode state(String execution, Page page) {
			return answer(page);
		}

		private JsonNode answer(Object request) {
			CheckpointCallsTests.this.requests.add(request);
			return JSON.readTree(CheckpointCallsTests.this.answers.remove(0));
		}

	}

}
