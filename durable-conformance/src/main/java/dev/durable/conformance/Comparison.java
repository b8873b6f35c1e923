package dev.durable.conformance;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares what a requirement expects with what came of it. */
final class Comparison {

	private final Requirement requirement;

	private final Variables variables;

	private final List<String> differences = new ArrayList<>();

	private Comparison(Requirement requirement, Variables variables) {
		this.requirement = requirement;
		this.variables = variables;
	}

	/**
	 * Compare, and bind variables.
	 * @return what is different, one line each
	 */
	static List<String> compare(Requirement requirement, Variables variables, Outcome outcome) {
		Comparison comparison = new Comparison(requirement, variables);
		comparison.result(outcome);
		comparison.history(outcome.events());
		LogExpectation logs = new LogExpectation(variables, outcome.logs());
		requirement.part("ExpectedLogs").forEach((expected) -> comparison.differences.addAll(logs.check(expected)));
		return List.copyOf(comparison.differences);
	}

	private Expectation expectation() {
		return new Expectation(this.variables, this.differences);
	}

	private void result(Outcome outcome) {
		ObjectNode actual = Json.object();
		actual.put("ExecutionStatus", outcome.status());
		actual.set("Error", outcome.error());
		actual.set("Result", outcome.result());
		this.requirement.part("ExpectedResult").properties().forEach((expected) -> {
			JsonNode value = expected.getValue();
			if (!expected.getKey().equals("Result") || !isSameJson(value, outcome.result())) {
				expectation().compare(expected.getKey(), value, actual.get(expected.getKey()));
			}
		});
	}

	/** An expected result may be written as the JSON text that it has on the wire. */
	private boolean isSameJson(JsonNode expected, @Nullable JsonNode actual) {
		return expected.isString() && actual != null
				&& Json.parseLeniently(this.variables.text(expected.asString())).equals(actual);
	}

	private void history(List<JsonNode> events) {
		for (JsonNode expected : this.requirement.part("ExpectedExecutionHistory")) {
			long id = expected.path("EventId").asLong();
			JsonNode actual = events.stream()
				.filter((event) -> event.path("EventId").asLong() == id)
				.findFirst()
				.orElse(null);
			expectation().compare("event %d %s".formatted(id, expected.path("EventType").asString("")), expected,
					actual);
		}
	}

}
