package dev.durable.conformance;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class LogCaptureTests {

	private static final Logger handler = LoggerFactory.getLogger("dev.durable.function.1-1");

	private final List<JsonNode> entries = new ArrayList<>();

	private void capture(Runnable task) {
		LogCapture.during(() -> {
			task.run();
			return true;
		}, this.entries::add);
	}

	@Test
	void entriesOfHandlersHaveTheirMessageAndContext() {
		capture(() -> {
			MDC.put("durable.execution", "e-1");
			handler.info("Hello, {}!", "Ann");
			MDC.clear();
			LoggerFactory.getLogger("dev.durable.engine.Invocation").warn("not a handler's");
		});
		handler.info("too late");
		assertThat(this.entries).containsExactly(Samples
			.yaml("{level: INFO, logger: dev.durable.function.1-1, message: 'Hello, Ann!', durable.execution: e-1}"));
	}

	@Test
	void printedLinesAreJsonObjectsOrMessages() {
		capture(() -> {
			System.out.println("{\"plugin\": \"P\", \"n\": 1}");
			System.out.println("plain text");
			System.out.println("42");
		});
		assertThat(this.entries).containsExactly(Samples.yaml("{plugin: P, n: 1}"),
				Samples.yaml("{message: plain text}"), Samples.yaml("{message: '42'}"));
	}

}
