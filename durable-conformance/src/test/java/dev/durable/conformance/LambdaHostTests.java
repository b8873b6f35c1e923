package dev.durable.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Real handlers in the processes of Lambda's runtime interface client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LambdaHostTests {

	private static final Requirement ONE = Samples.requirement("1-2",
			"{Input: Ann, ExpectedResult: {Result: 'Hello, Ann!'}}");

	private static final Requirement OTHER = Samples.requirement("2-3",
			"ExpectedResult: {Result: {completedWaits: 2}}");

	private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

	private Conformance conformance;

	private Lanes lanes;

	@BeforeAll
	void open(@TempDir Path output) {
		this.conformance = new Conformance("lambda", output, this.lines::add);
		this.lanes = new Lanes(this.conformance, List.of(ONE, OTHER));
	}

	@AfterAll
	void close() {
		this.lanes.close();
	}

	private Verdict run(String id, String yaml) {
		return this.conformance.run(Samples.requirement(id, yaml));
	}

	@Test
	void requirementsThatRanAheadHaveTheirVerdicts() {
		assertThat(this.conformance.lanes()).isGreaterThan(1);
		assertThat(this.lanes.verdict(OTHER).differences()).isEmpty();
		assertThat(this.lanes.verdict(ONE).differences()).isEmpty();
		assertThat(this.lines).filteredOn((line) -> line.startsWith("passed    1-2 ")).hasSize(1);
	}

	@Test
	void durationsAreShownAsAskedForAlthoughTimeIsShort() {
		assertThat(run("2-2", """
				ExpectedResult: {ExecutionStatus: SUCCEEDED}
				ExpectedExecutionHistory:
				  - {EventId: 2, EventType: WaitStarted, Id: '${ID1}', WaitStartedDetails: {Duration: 2}}
				  - {EventId: 3, EventType: InvocationCompleted}
				  - {EventId: 4, EventType: WaitSucceeded, Id: '${ID1}'}
				""").differences()).isEmpty();
	}

	@Test
	void wrongHistoryFails() {
		Verdict verdict = run("2-2", """
				ExpectedResult: {ExecutionStatus: FAILED}
				ExpectedExecutionHistory:
				  - {EventId: 2, EventType: WaitStarted, WaitStartedDetails: {Duration: 3}}
				""");
		assertThat(verdict.kind()).isEqualTo(Verdict.Kind.FAILED);
		assertThat(verdict.differences()).hasSize(2);
	}

	@Test
	void crashLeavesALostInvocationAndItsLogs() {
		assertThat(run("1-18", """
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
				""").differences()).isEmpty();
	}

	@Test
	void callbackActionsArePerformedInTheirOrder() {
		assertThat(run("4-18", """
				Input: [a, b]
				CallbackActions:
				  - {CallbackName: '${/^b$/}', Operation: success, Payload: 2, Delay: 4}
				  - {CallbackName: '*', Operation: success, Payload: one, Delay: 3}
				ExpectedResult: {Result: [one, '2']}
				ExpectedExecutionHistory:
				  - {EventId: 5, EventType: CallbackSucceeded, Name: a}
				  - {EventId: 7, EventType: CallbackSucceeded, Name: b}
				""").differences()).isEmpty();
	}

	@Test
	void pluginsAreToldAndTheirLinesCaptured() {
		assertThat(run("10-22", """
				ExpectedResult: {ExecutionStatus: SUCCEEDED}
				ExpectedLogs:
				  - {match: {plugin: CONFPLUGIN, hook: operation-change, name: greet, status: SUCCEEDED}, count: 1}
				""").differences()).isEmpty();
	}

}
