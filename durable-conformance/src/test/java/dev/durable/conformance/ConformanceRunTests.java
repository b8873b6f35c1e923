package dev.durable.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A real handler, and expectations that are right or wrong. */
class ConformanceRunTests {

	private static final String CRASH = """
			Variables: {WORD: '${GEN_STR:6}'}
			Input: ${WORD}
			ExpectedResult: {ExecutionStatus: SUCCEEDED}
			ExpectedExecutionHistory:
			  - {EventId: 2, EventType: StepStarted}
			  - EventId: 3
			    EventType: InvocationCompleted
			    InvocationCompletedDetails: {Error: {Payload: {ErrorType: Runtime.ExitError}}}
			  - {EventId: 4, EventType: StepFailed}
			ExpectedLogs:
			  - {match: {message: '/${WORD}/'}, count: 2}
			""";

	@TempDir
	Path output;

	private final List<String> lines = new ArrayList<>();

	private Conformance conformance;

	@BeforeEach
	void open() {
		this.conformance = new Conformance("memory", this.output, this.lines::add);
	}

	@AfterEach
	void close() {
		this.conformance.close();
	}

	private Verdict run(String id, String yaml) {
		return this.conformance.run(Samples.requirement(id, yaml));
	}

	private JsonNode report(String id) {
		return Json.read(this.output.resolve(id + ".json"), JsonNode.class);
	}

	@Test
	void rightHistoryPassesAndIsReported() {
		Verdict verdict = run("2-2", """
				ExpectedResult: {ExecutionStatus: SUCCEEDED}
				ExpectedExecutionHistory:
				  - {EventId: 2, EventType: WaitStarted, Id: '${ID1}', WaitStartedDetails: {Duration: 2}}
				  - {EventId: 4, EventType: WaitSucceeded, Id: '${ID1}'}
				""");
		assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PASSED);
		JsonNode report = report("2-2");
		assertThat(report.path("executionStatus").asString()).isEqualTo("SUCCEEDED");
		assertThat(report.path("events").size()).isEqualTo(6);
		assertThat(report.path("variables").path("ID1")).isEqualTo(report.path("events").get(1).path("Id"));
		assertThat(this.conformance.summary()).isEqualTo("conformance: 1 passed, 0 failed, 0 unchecked");
	}

	@Test
	void recordedTimesAreTrueAlthoughNobodyWaited() {
		run("2-5", "Input:");
		JsonNode events = report("2-5").path("events");
		assertThat(events.get(1).path("EventTimestamp").asString()).isEqualTo("2026-01-01T00:00:00.000Z");
		assertThat(events.get(3).path("EventTimestamp").asString()).isEqualTo("2026-01-01T01:00:00.000Z");
	}

	@Test
	void wrongHistoryFails() {
		Verdict verdict = run("2-2", """
				ExpectedResult: {ExecutionStatus: FAILED}
				ExpectedExecutionHistory:
				  - {EventId: 2, EventType: WaitStarted, WaitStartedDetails: {Duration: 3}}
				  - {EventId: 3, EventType: WaitSucceeded}
				  - {EventId: 7, EventType: InvocationCompleted}
				ExpectedLogs:
				  - {match: {message: '/nobody said this/'}}
				""");
		assertThat(verdict.kind()).isEqualTo(Verdict.Kind.FAILED);
		assertThat(verdict.differences()).hasSize(5);
		assertThat(this.lines).hasSize(1);
		assertThat(this.lines.get(0)).startsWith("failed    2-2 (samples)").endsWith("(and 4 more)");
		assertThat(report("2-2").path("executionStatus").asString()).isEqualTo("SUCCEEDED");
	}

	@Test
	void resultIsComparedAsJson() {
		assertThat(run("2-3", "ExpectedResult: {Result: {completedWaits: 2}}").kind()).isEqualTo(Verdict.Kind.PASSED);
		assertThat(run("1-2", "{Input: Ann, ExpectedResult: {Result: '\"Hello, Ann!\"'}}").kind())
			.isEqualTo(Verdict.Kind.PASSED);
		assertThat(run("1-2", "{Input: Ann, ExpectedResult: {Result: 'Hello, Bob!'}}").kind())
			.isEqualTo(Verdict.Kind.FAILED);
		assertThat(run("1-2", "{Input: Ann, ExpectedResult: {Result: null}}").kind()).isEqualTo(Verdict.Kind.FAILED);
	}

	@Test
	void requirementWithoutExpectationsIsUncheckedButReported() {
		assertThat(run("1-2", "Input: Ann").kind()).isEqualTo(Verdict.Kind.UNCHECKED);
		assertThat(report("1-2").path("result").asString()).isEqualTo("Hello, Ann!");
	}

	@Test
	void requirementWithoutHandlerFails() {
		Verdict verdict = run("0-0", "Input:");
		assertThat(verdict.kind()).isEqualTo(Verdict.Kind.FAILED);
		assertThat(verdict.differences()).containsExactly("no handler");
		assertThat(report("0-0").path("events").size()).isZero();
	}

	@Test
	void crashLeavesALostInvocation() {
		assertThat(run("1-18", CRASH).differences()).isEmpty();
	}

	@Test
	void crashOfAProcessOfItsOwnLeavesALostInvocation() {
		try (Conformance onDatabase = new Conformance("h2", this.output, this.lines::add)) {
			assertThat(onDatabase.run(Samples.requirement("1-18", CRASH)).differences()).isEmpty();
		}
		assertThat(this.output.resolve("work/1-18-process-2.log")).exists();
	}

	@Test
	void callbackActionsArePerformedInTheirTime() {
		Verdict verdict = run("4-18", """
				Input: [a, b]
				CallbackActions:
				  - {CallbackName: '${/^b$/}', Operation: success, Payload: 2, Delay: 4}
				  - {CallbackName: '*', Operation: success, Payload: one, Delay: 3}
				ExpectedResult: {Result: [one, '2']}
				ExpectedExecutionHistory:
				  - {EventId: 5, EventType: CallbackSucceeded, Name: a, EventTimestamp: '2026-01-01T00:00:03.000Z'}
				  - {EventId: 7, EventType: CallbackSucceeded, Name: b, EventTimestamp: '2026-01-01T00:00:04.000Z'}
				""");
		assertThat(verdict.differences()).isEmpty();
	}

}
