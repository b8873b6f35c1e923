package dev.durable.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs requirements, as many at once as there are lanes, and reports. */
final class Conformance implements AutoCloseable {

	private final Handlers handlers = new Handlers();

	private final Host host;

	private final Path output;

	private final Consumer<String> lines;

	private final List<Verdict> verdicts = new CopyOnWriteArrayList<>();

	/**
	 * Create a run.
	 * @param store {@code memory}, {@code h2}, {@code postgres}, {@code mariadb},
	 * {@code dynamodb} or {@code lambda}
	 * @param output the directory for reports
	 * @param lines takes one line for each requirement
	 */
	Conformance(String store, Path output, Consumer<String> lines) {
		this.output = output;
		this.lines = lines;
		this.host = Host.of(store, this.handlers, output.resolve("work"));
	}

	int lanes() {
		return this.host.lanes();
	}

	/** Run a requirement, write its report and tell its line. */
	Verdict run(Requirement requirement) {
		Variables variables = Variables.of(requirement.part("Variables"));
		List<String> differences = new ArrayList<>();
		Outcome outcome = outcome(requirement, variables, differences);
		if (differences.isEmpty()) {
			differences.addAll(Comparison.compare(requirement, variables, outcome));
		}
		Json.write(this.output, requirement.id() + ".json", report(requirement, outcome, variables));
		Verdict verdict = new Verdict(requirement, kind(requirement, differences), List.copyOf(differences));
		this.verdicts.add(verdict);
		this.lines.accept(verdict.line());
		return verdict;
	}

	private Outcome outcome(Requirement requirement, Variables variables, List<String> failures) {
		if (!this.handlers.has(requirement.id())) {
			failures.add("no handler");
			return Outcome.NONE;
		}
		List<JsonNode> logs = Collections.synchronizedList(new ArrayList<>());
		try {
			return Outcome.of(this.host.run(Scenario.of(requirement, variables), logs::add), List.copyOf(logs));
		}
		catch (RuntimeException | AssertionError ex) {
			failures.add("the run broke: " + ex);
			return Outcome.NONE;
		}
	}

	private static ObjectNode report(Requirement requirement, Outcome outcome, Variables variables) {
		ObjectNode report = Json.object();
		report.put("id", requirement.id());
		report.put("executionStatus", outcome.status());
		report.set("result", outcome.result());
		report.set("error", outcome.error());
		report.set("events", Json.tree(outcome.events()));
		report.set("logs", Json.tree(outcome.logs()));
		report.set("variables", variables.toJson());
		return report;
	}

	private static Verdict.Kind kind(Requirement requirement, List<String> differences) {
		if (!differences.isEmpty()) {
			return Verdict.Kind.FAILED;
		}
		return requirement.isCheckable() ? Verdict.Kind.PASSED : Verdict.Kind.UNCHECKED;
	}

	/** Return the numbers of this run in one line. */
	String summary() {
		return "conformance: %d passed, %d failed, %d unchecked".formatted(count(Verdict.Kind.PASSED),
				count(Verdict.Kind.FAILED), count(Verdict.Kind.UNCHECKED));
	}

	private long count(Verdict.Kind kind) {
		return this.verdicts.stream().filter((verdict) -> verdict.kind() == kind).count();
	}

	@Override
	public void close() {
		this.host.close();
		this.handlers.close();
	}

}
