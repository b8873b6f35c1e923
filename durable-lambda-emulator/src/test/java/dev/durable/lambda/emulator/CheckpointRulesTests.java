package dev.durable.lambda.emulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationAction;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;

import static dev.durable.lambda.emulator.Sdk.fail;
import static dev.durable.lambda.emulator.Sdk.retry;
import static dev.durable.lambda.emulator.Sdk.start;
import static dev.durable.lambda.emulator.Sdk.succeed;
import static dev.durable.lambda.emulator.Sdk.update;
import static dev.durable.lambda.emulator.Sdk.pause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/** Each rule of checkpoints, broken once. */
class CheckpointRulesTests {

	private static final OperationType STEP = OperationType.STEP;

	private static final OperationType CONTEXT = OperationType.CONTEXT;

	private final Puppet puppet = new Puppet();

	private LambdaEmulator emulator;

	private LambdaClient client;

	@BeforeEach
	void open() {
		this.emulator = LambdaEmulator.builder().function("rules", this.puppet).start();
		this.client = Sdk.client(this.emulator.endpoint());
		Sdk.start(this.client, "rules", "case", "1");
	}

	@AfterEach
	void close() {
		this.client.close();
		this.emulator.close();
	}

	@ParameterizedTest
	@MethodSource("brokenRules")
	void checkpointWhenARuleIsBrokenIsRefusedAndRecordsNothing(Case broken) {
		Puppet.Invocation invocation = this.puppet.next();
		if (broken.before.length > 0) {
			invocation.checkpoint(this.client, broken.before);
		}
		int recorded = history(invocation);
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> invocation.checkpoint(this.client, broken.updates))
			.withMessageContaining(broken.message)
			.satisfies((ex) -> assertThat(ex.type()).isEqualTo("User"));
		assertThat(history(invocation)).isEqualTo(recorded);
		assertThat(invocation.checkpoint(this.client).newExecutionState().operations()).isEmpty();
	}

	private int history(Puppet.Invocation invocation) {
		return this.client
			.getDurableExecutionHistory((request) -> request.durableExecutionArn(invocation.arn()).maxItems(1_000))
			.events()
			.size();
	}

	@Test
	void checkpointWhenOnlyOneUpdateIsLargerThanABatchIsAccepted() {
		Puppet.Invocation invocation = this.puppet.next();
		String execution = invocation.operations().get(0).get("Id").stringValue();
		invocation.checkpoint(this.client,
				succeed(execution, OperationType.EXECUTION).payload("x".repeat(CheckpointRules.MAX_BYTES + 1)));
		assertThat(this.client.getDurableExecution((request) -> request.durableExecutionArn(invocation.arn())).result())
			.hasSize(CheckpointRules.MAX_BYTES + 1);
	}

	/** AWS's SDKs for JavaScript and Python make one up, so the service takes any. */
	@Test
	void checkpointWhenTheExecutionEndsUnderAnIdOfItsOwnIsAccepted() {
		Puppet.Invocation invocation = this.puppet.next();
		invocation.checkpoint(this.client, succeed("execution-result-1", OperationType.EXECUTION).payload("7"));
		assertThat(this.client.getDurableExecution((request) -> request.durableExecutionArn(invocation.arn())).result())
			.isEqualTo("7");
	}

	@Test
	void checkpointWhenAnOperationHasTheIdOfTheExecutionIsRefused() {
		Puppet.Invocation invocation = this.puppet.next();
		String execution = invocation.operations().get(0).get("Id").stringValue();
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> invocation.checkpoint(this.client, start(execution, STEP)))
			.withMessageContaining("the type differs");
		assertThat(history(invocation)).isEqualTo(1);
	}

	@Test
	void checkpointWhenAStepIsStartedAndEndedIsAccepted() {
		Puppet.Invocation invocation = this.puppet.next();
		assertThat(invocation
			.checkpoint(this.client, start("c", CONTEXT), start("s", STEP).parentId("c").name("charge"),
					succeed("s", STEP).payload("7"), succeed("c", CONTEXT).payload("8"))
			.newExecutionState()
			.operations()).extracting(Operation::id, Operation::parentId, Operation::name, Operation::statusAsString)
			.containsExactly(tuple("s", "c", "charge", "SUCCEEDED"), tuple("c", null, null, "SUCCEEDED"));
	}

	static Stream<Case> brokenRules() {
		List<Case> cases = new ArrayList<>();
		cases.addAll(fields());
		cases.addAll(outcomes());
		cases.addAll(options());
		cases.addAll(batches());
		cases.addAll(identities());
		cases.addAll(transitions());
		return cases.stream();
	}

	private static List<Case> fields() {
		String names = "of an operation update must be";
		return List.of(new Case("an id of 65 characters", "'Id' " + names, start("x".repeat(65), STEP)),
				new Case("an id with a blank", "'Id' " + names, start("a b", STEP)),
				new Case("no id", "needs a value for 'Id'", OperationUpdate.builder().type(STEP).action("START")),
				new Case("no type", "needs a value for 'Type'", OperationUpdate.builder().id("a").action("START")),
				new Case("no action", "needs a value for 'Action'", OperationUpdate.builder().id("a").type(STEP)),
				new Case("an unknown type", "'Type' of an operation update has an unknown value",
						OperationUpdate.builder().id("a").type("LEAP").action("START")),
				new Case("an unknown action", "'Action' of an operation update has an unknown value",
						OperationUpdate.builder().id("a").type(STEP).action("PAUSE")),
				new Case("a parent id with a dot", "'ParentId' " + names, start("a", STEP).parentId("b.c")),
				new Case("a name of 257 characters", "'Name' " + names, start("a", STEP).name("n".repeat(257))),
				new Case("a name that is not ASCII", "'Name' " + names, start("a", STEP).name("größe")),
				new Case("an empty name", "'Name' " + names, start("a", STEP).name("")),
				new Case("a subtype of 33 characters", "'SubType' " + names, start("a", STEP).subType("S".repeat(33))),
				new Case("an unknown subtype", "the subtype is not known", start("a", STEP).subType("Leap")),
				new Case("a subtype of another type", "the subtype belongs to another type",
						start("a", STEP).subType("Wait")),
				new Case("a tenant with a sharp sign", "'TenantId' " + names, start("a", OperationType.CHAINED_INVOKE)
					.chainedInvokeOptions((options) -> options.functionName("rules").tenantId("a#b"))));
	}

	private static List<Case> outcomes() {
		String large = "x".repeat(UpdateRules.MAX_PAYLOAD + 1);
		String huge = "x".repeat(UpdateRules.MAX_INVOKE_INPUT + 1);
		String error = "e".repeat(UpdateRules.MAX_ERROR);
		return List.of(
				new Case("a success with an error", "what succeeds cannot have an Error",
						succeed("a", STEP).error((e) -> e.errorType("E"))),
				new Case("a context that succeeds with an error", "what succeeds cannot have an Error",
						succeed("a", CONTEXT).error((e) -> e.errorType("E"))),
				new Case("a failure with a payload", "what fails cannot have a Payload", fail("a", STEP).payload("1")),
				new Case("a retry with both", "a retry cannot have both an Error and a Payload",
						retry("a", 1).payload("1").error((e) -> e.errorType("E"))),
				new Case("a large step", "the payload has 262145 bytes but at most 262144 are allowed",
						succeed("a", STEP).payload(large)),
				new Case("a large context", "the payload has 262145 bytes but at most 262144 are allowed",
						succeed("a", CONTEXT).payload(large)),
				new Case("a large state of a condition", "the payload has 262145 bytes but at most 262144 are allowed",
						retry("a", 1).payload(large)),
				new Case("a large input of an invoke", "the payload has 1048577 bytes but at most 1048576 are allowed",
						start("a", OperationType.CHAINED_INVOKE).payload(huge)
							.chainedInvokeOptions((options) -> options.functionName("rules"))),
				new Case("a large result of an execution", "bytes but at most 6291456 are allowed",
						succeed("a", OperationType.EXECUTION).payload("x".repeat(UpdateRules.MAX_RESULT + 1))),
				new Case("a large error", "bytes but at most 32768 are allowed",
						fail("a", STEP).error((e) -> e.errorMessage(error))));
	}

	private static List<Case> options() {
		String seconds = "must be from 1 to 31622400 but was ";
		String timeout = "must be from 0 to 99999999 but was ";
		return List.of(
				new Case("a retry without a delay", "StepOptions.NextAttemptDelaySeconds is missing",
						update("a", STEP, OperationAction.RETRY)),
				new Case("a retry after no time", "StepOptions.NextAttemptDelaySeconds " + seconds + 0, retry("a", 0)),
				new Case("a retry after more than a year", "StepOptions.NextAttemptDelaySeconds " + seconds + 31622401,
						retry("a", 31_622_401)),
				new Case("a wait without a time", "WaitOptions.WaitSeconds is missing", start("a", OperationType.WAIT)),
				new Case("a wait for no time", "WaitOptions.WaitSeconds " + seconds + 0, pause("a", 0)),
				new Case("a wait of more than a year", "WaitOptions.WaitSeconds " + seconds + 31622401,
						pause("a", 31_622_401)),
				new Case("a callback that times out too late", "CallbackOptions.TimeoutSeconds " + timeout + 100000000,
						start("a", OperationType.CALLBACK)
							.callbackOptions((options) -> options.timeoutSeconds(100_000_000))),
				new Case("a callback that beats too rarely", "CallbackOptions.HeartbeatTimeoutSeconds " + timeout + -1,
						start("a", OperationType.CALLBACK)
							.callbackOptions((options) -> options.heartbeatTimeoutSeconds(-1))),
				new Case("an invoke of nothing", "ChainedInvokeOptions.FunctionName is missing",
						start("a", OperationType.CHAINED_INVOKE)),
				new Case("an invoke of no function's name", "FunctionName must be the name or the ARN of a function",
						start("a", OperationType.CHAINED_INVOKE)
							.chainedInvokeOptions((options) -> options.functionName("a b"))));
	}

	private static List<Case> batches() {
		OperationUpdate.Builder[] many = IntStream.rangeClosed(0, CheckpointRules.MAX_UPDATES)
			.mapToObj((i) -> start("s" + i, STEP))
			.toArray(OperationUpdate.Builder[]::new);
		OperationUpdate.Builder[] large = IntStream.range(0, 4)
			.mapToObj((i) -> succeed("s" + i, STEP).payload("x".repeat(200_000)))
			.toArray(OperationUpdate.Builder[]::new);
		return List.of(new Case("251 updates", "at most 250 updates but has 251", many),
				new Case("800,000 bytes", "at most 768000 bytes together but have 800000", large),
				new Case("two ends of the execution", "may update the EXECUTION only once",
						succeed("a", OperationType.EXECUTION), fail("a", OperationType.EXECUTION)),
				new Case("something after the end", "the EXECUTION must be the last",
						succeed("a", OperationType.EXECUTION), start("b", STEP)),
				new Case("a start of the execution", "the action is not allowed", start("a", OperationType.EXECUTION)),
				new Case("two starts of a step", "may update an operation once", start("a", STEP), start("a", STEP)),
				new Case("two ends of a step", "may update an operation once", succeed("a", STEP), succeed("a", STEP)),
				new Case("three updates of a step", "may update an operation once", start("a", STEP),
						succeed("a", STEP), succeed("a", STEP)),
				new Case("a wait that is started and cancelled", "may update an operation once", pause("a", 1),
						update("a", OperationType.WAIT, OperationAction.CANCEL)),
				new Case("an unknown parent", "the parent is no known CONTEXT", start("a", STEP).parentId("b")),
				new Case("a parent that starts later", "the parent is no known CONTEXT", start("a", STEP).parentId("b"),
						start("b", CONTEXT)),
				new Case("a parent that is a step in the same call", "the parent is no known CONTEXT", start("b", STEP),
						start("a", STEP).parentId("b")),
				new Case("a refused update after a good one", "WaitOptions.WaitSeconds is missing", start("a", STEP),
						start("b", OperationType.WAIT)),
				new Case("another name in the same call", "the name differs", start("a", STEP).name("one"),
						succeed("a", STEP).name("two")));
	}

	private static List<Case> identities() {
		OperationUpdate.Builder[] recorded = { start("c", CONTEXT), start("p", CONTEXT),
				start("a", STEP).name("one").parentId("c") };
		return List.of(new Case("another type", "the type differs", succeed("a", CONTEXT)).after(recorded),
				new Case("another subtype", "the subtype differs", succeed("a", STEP).subType("WaitForCondition"))
					.after(recorded),
				new Case("another name", "the name differs", succeed("a", STEP).name("two")).after(recorded),
				new Case("another parent", "the parent differs", succeed("a", STEP).parentId("p")).after(recorded),
				new Case("a parent that is a step", "the parent is no known CONTEXT", start("b", STEP).parentId("a"))
					.after(recorded),
				new Case("an end of the execution as a step", "the type differs", succeed("a", OperationType.EXECUTION))
					.after(recorded));
	}

	private static List<Case> transitions() {
		OperationType callback = OperationType.CALLBACK;
		OperationType invoke = OperationType.CHAINED_INVOKE;
		return List.of(
				new Case("a started step that starts", "the operation is STARTED", start("a", STEP))
					.after(start("a", STEP)),
				new Case("a pending step that starts", "the operation is PENDING", start("a", STEP))
					.after(start("a", STEP), retry("a", 60)),
				new Case("a pending step that succeeds", "the operation is PENDING", succeed("a", STEP))
					.after(start("a", STEP), retry("a", 60)),
				new Case("a pending step that is retried", "the operation is PENDING", retry("a", 60))
					.after(start("a", STEP), retry("a", 60)),
				new Case("an ended step that starts", "the operation is SUCCEEDED", start("a", STEP))
					.after(succeed("a", STEP)),
				new Case("an ended step that fails", "the operation is SUCCEEDED", fail("a", STEP))
					.after(succeed("a", STEP)),
				new Case("a started context that starts", "the operation is STARTED", start("a", CONTEXT))
					.after(start("a", CONTEXT)),
				new Case("an ended context that succeeds", "the operation is FAILED", succeed("a", CONTEXT))
					.after(start("a", CONTEXT), fail("a", CONTEXT)),
				new Case("a context that is retried", "the action is not allowed",
						update("a", CONTEXT, OperationAction.RETRY)),
				new Case("a step that is cancelled", "the action is not allowed",
						update("a", STEP, OperationAction.CANCEL)),
				new Case("a wait that starts twice", "the operation is STARTED", pause("a", 60)).after(pause("a", 60)),
				new Case("a wait that succeeds by itself", "the action is not allowed",
						succeed("a", OperationType.WAIT)),
				new Case("a wait that is cancelled before it starts", "the operation is not started",
						update("a", OperationType.WAIT, OperationAction.CANCEL)),
				new Case("a callback that starts twice", "the operation is STARTED", start("a", callback))
					.after(start("a", callback)),
				new Case("a callback that succeeds by a checkpoint", "the action is not allowed",
						succeed("a", callback)),
				new Case("an invoke that succeeds by a checkpoint", "the action is not allowed", succeed("a", invoke)),
				new Case("an invoke that is cancelled", "cannot cancel a chained invoke",
						update("a", invoke, OperationAction.CANCEL))
					.after(start("a", invoke).chainedInvokeOptions((options) -> options.functionName("rules"))));
	}

	/** A broken rule. */
	private static final class Case {

		private final String what;

		private final String message;

		private final OperationUpdate.Builder[] updates;

		private OperationUpdate.Builder[] before = {};

		Case(String what, String message, OperationUpdate.Builder... updates) {
			this.what = what;
			this.message = message;
			this.updates = updates;
		}

		Case after(OperationUpdate.Builder... before) {
			this.before = Arrays.copyOf(before, before.length);
			return this;
		}

		@Override
		public String toString() {
			return this.what;
		}

	}

}
