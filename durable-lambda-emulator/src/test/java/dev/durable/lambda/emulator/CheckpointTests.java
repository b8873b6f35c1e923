package dev.durable.lambda.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.durable.store.memory.MemoryCheckpointStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import tools.jackson.databind.JsonNode;

import static dev.durable.lambda.emulator.Sdk.pause;
import static dev.durable.lambda.emulator.Sdk.retry;
import static dev.durable.lambda.emulator.Sdk.start;
import static dev.durable.lambda.emulator.Sdk.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What checkpoints record and what they reply. */
class CheckpointTests {

	private static final OperationType STEP = OperationType.STEP;

	private static final OperationType CONTEXT = OperationType.CONTEXT;

	private static final String INVALID_TOKEN = "Invalid Checkpoint Token";

	private final Puppet puppet = new Puppet();

	/** Stands still unless a test moves it: then nothing ends before it is looked at. */
	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

	private LambdaEmulator emulator;

	private LambdaClient client;

	@BeforeEach
	void open() {
		this.emulator = LambdaEmulator.builder()
			.function(EmulatedFunction.of("check", this.puppet).withExecutionTimeout(Duration.ofDays(30)))
			.speed(100)
			.store(new MemoryCheckpointStore(this.now::get))
			.start();
		this.client = Sdk.client(this.emulator.endpoint());
		Sdk.start(this.client, "check", "order-1", "{\"amount\":7}");
	}

	@AfterEach
	void close() {
		this.client.close();
		this.emulator.close();
	}

	@Test
	void invocationWhenExecutionIsNewHasItsInput() {
		Puppet.Invocation invocation = this.puppet.next();
		assertThat(invocation.arn())
			.matches("arn:aws:lambda:us-east-1:000000000000:function:check:1/durable-execution/order-1/[0-9a-f]{32}");
		assertThat(invocation.operations()).singleElement().satisfies((execution) -> {
			assertThat(invocation.arn()).endsWith("/" + execution.get("Id").stringValue());
			assertThat(execution.get("Type").stringValue()).isEqualTo("EXECUTION");
			assertThat(execution.get("StartTimestamp").isIntegralNumber()).isTrue();
			assertThat(execution.get("ExecutionDetails").get("InputPayload").stringValue()).isEqualTo("{\"amount\":7}");
		});
		assertThat(invocation.envelope().get("UpdatedOperationIds")).isEmpty();
		assertThat(invocation.context().getInvokedFunctionArn()).endsWith(":function:check:1");
		assertThat(invocation.context().getRemainingTimeInMillis()).isBetween(1, 60_000);
	}

	@Test
	void tokenWhenACallWasMadeIsStale() {
		Puppet.Invocation invocation = this.puppet.next();
		String first = invocation.token();
		invocation.checkpoint(this.client, start("a", STEP));
		assertThat(invocation.token()).isNotEqualTo(first);
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> invocation.send(this.client, first, null, succeed("a", STEP)))
			.withMessageContaining(INVALID_TOKEN);
		assertThat(invocation.checkpoint(this.client, succeed("a", STEP)).newExecutionState().operations()).hasSize(1);
	}

	@Test
	void tokenWhenACallWasRefusedIsStillGood() {
		Puppet.Invocation invocation = this.puppet.next();
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> invocation.checkpoint(this.client, pause("w", 0)));
		assertThat(invocation.checkpoint(this.client, start("a", STEP)).checkpointToken()).isNotEmpty();
	}

	@Test
	void tokenWhenItIsNoneIsRefused() {
		Puppet.Invocation invocation = this.puppet.next();
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> invocation.send(this.client, "-", null, start("a", STEP)))
			.withMessageContaining(INVALID_TOKEN);
	}

	@Test
	void tokenWhenItsInvocationHasEndedIsRefused() {
		Puppet.Invocation first = this.puppet.next();
		first.checkpoint(this.client, pause("w", 1));
		first.suspend();
		passes(Duration.ofSeconds(1));
		Puppet.Invocation second = this.puppet.next();
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> first.checkpoint(this.client, start("a", STEP)))
			.withMessageContaining(INVALID_TOKEN);
		second.succeed("1");
		Sdk.awaitEnd(this.client, second.arn());
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> second.checkpoint(this.client, start("a", STEP)))
			.withMessageContaining(INVALID_TOKEN);
	}

	@Test
	void executionWhenThereIsNoneIsNotFound() {
		Puppet.Invocation invocation = this.puppet.next();
		assertThatExceptionOfType(ResourceNotFoundException.class)
			.isThrownBy(() -> this.client.checkpointDurableExecution(
					(request) -> request.durableExecutionArn(invocation.arn() + "0").checkpointToken("abcd")))
			.withMessageContaining("There is no durable execution");
	}

	@Test
	void callWhenItIsSentAgainGetsTheSameReplyAndIsRecordedOnce() {
		Puppet.Invocation invocation = this.puppet.next();
		String token = invocation.token();
		CheckpointDurableExecutionResponse first = invocation.send(this.client, token, "c-1",
				start("cb", OperationType.CALLBACK));
		CheckpointDurableExecutionResponse again = invocation.send(this.client, token, "c-1",
				start("cb", OperationType.CALLBACK));
		assertThat(again.checkpointToken()).isEqualTo(first.checkpointToken());
		assertThat(again.newExecutionState()).isEqualTo(first.newExecutionState());
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> invocation.send(this.client, token, "c-2", start("cb", OperationType.CALLBACK)))
			.withMessageContaining(INVALID_TOKEN);
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> invocation.send(this.client, first.checkpointToken(), "a b"))
			.withMessageContaining("'ClientToken'");
	}

	@Test
	void replyWhenNothingIsNewIsEmpty() {
		Puppet.Invocation invocation = this.puppet.next();
		assertThat(states(invocation.checkpoint(this.client, start("a", STEP)))).containsExactly("a STARTED");
		assertThat(states(invocation.checkpoint(this.client))).isEmpty();
		assertThat(states(invocation.checkpoint(this.client, start("b", STEP), succeed("a", STEP))))
			.containsExactlyInAnyOrder("a SUCCEEDED", "b STARTED");
	}

	@Test
	void pollWhenSomethingIsDueTellsIt() {
		Puppet.Invocation invocation = this.puppet.next();
		CheckpointDurableExecutionResponse reply = invocation.checkpoint(this.client, pause("w", 360_000),
				start("s", STEP), retry("s", 540_000).error((error) -> error.errorType("Busy")));
		assertThat(reply.newExecutionState().operations()).extracting(Operation::status)
			.containsExactly(OperationStatus.STARTED, OperationStatus.PENDING);
		Operation step = operation(reply, "s");
		assertThat(step.stepDetails().attempt()).isEqualTo(1);
		assertThat(step.stepDetails().error().errorType()).isEqualTo("Busy");
		Operation wait = operation(reply, "w");
		assertThat(Duration.between(wait.startTimestamp(), wait.waitDetails().scheduledEndTimestamp()))
			.isEqualTo(Duration.ofHours(1));
		assertThat(states(invocation.checkpoint(this.client))).isEmpty();
		passes(Duration.ofHours(1));
		assertThat(states(invocation.checkpoint(this.client))).containsExactly("w SUCCEEDED");
		passes(Duration.ofMinutes(30));
		assertThat(states(invocation.checkpoint(this.client))).containsExactly("s READY");
		assertThat(operation(invocation.checkpoint(this.client, start("s", STEP)), "s").stepDetails().attempt())
			.isEqualTo(1);
		assertThat(operation(invocation.checkpoint(this.client, succeed("s", STEP).payload("9")), "s").stepDetails())
			.satisfies((details) -> {
				assertThat(details.attempt()).isEqualTo(2);
				assertThat(details.result()).isEqualTo("9");
			});
	}

	@Test
	void invocationWhenAWaitEndedWhileTheOneBeforeRanIsToldOfIt() {
		Puppet.Invocation first = this.puppet.next();
		CheckpointDurableExecutionResponse reply = first.checkpoint(this.client, start("cb", OperationType.CALLBACK),
				start("seen", OperationType.CALLBACK));
		succeedCallback(reply, "seen");
		first.checkpoint(this.client);
		succeedCallback(reply, "cb");
		first.suspend();
		assertThat(this.puppet.next().envelope().get("UpdatedOperationIds")).extracting(JsonNode::stringValue)
			.containsExactly("cb");
	}

	private void succeedCallback(CheckpointDurableExecutionResponse reply, String id) {
		String callback = operation(reply, id).callbackDetails().callbackId();
		this.client.sendDurableExecutionCallbackSuccess((request) -> request.callbackId(callback));
	}

	@Test
	void invocationWhenAWaitEndsKnowsWhatChanged() {
		Puppet.Invocation first = this.puppet.next();
		first.checkpoint(this.client, start("s", STEP).name("charge"), succeed("s", STEP).payload("1"),
				pause("w", 1).name("cool-off"));
		first.suspend();
		passes(Duration.ofSeconds(1));
		Puppet.Invocation second = this.puppet.next();
		assertThat(second.operations()).extracting((node) -> node.get("Id").stringValue())
			.containsExactly(second.arn().substring(second.arn().lastIndexOf('/') + 1), "s", "w");
		JsonNode wait = second.operations().get(2);
		assertThat(wait.get("Status").stringValue()).isEqualTo("SUCCEEDED");
		assertThat(wait.get("Name").stringValue()).isEqualTo("cool-off");
		assertThat(Instant.ofEpochMilli(wait.get("EndTimestamp").longValue()))
			.isAfterOrEqualTo(Instant.ofEpochMilli(wait.get("StartTimestamp").longValue()).plusMillis(10));
		assertThat(second.envelope().get("UpdatedOperationIds")).singleElement().isEqualTo(wait.get("Id"));
	}

	@Test
	void invocationWhenAContextHasEndedDoesNotSeeItsChildrenUnlessTheyAreReplayed() {
		Puppet.Invocation first = this.puppet.next();
		first.checkpoint(this.client, start("c", OperationType.CONTEXT), start("s", STEP).parentId("c"),
				succeed("s", STEP), succeed("c", OperationType.CONTEXT).payload("1"), start("r", OperationType.CONTEXT),
				start("t", STEP).parentId("r"), succeed("t", STEP),
				succeed("r", OperationType.CONTEXT).contextOptions((options) -> options.replayChildren(true)),
				pause("w", 1));
		first.suspend();
		passes(Duration.ofSeconds(1));
		List<JsonNode> operations = this.puppet.next().operations();
		assertThat(operations.subList(1, operations.size())).extracting((node) -> node.get("Id").stringValue())
			.containsExactly("c", "r", "t", "w");
		assertThat(operations.get(2).get("ContextDetails").get("ReplayChildren").booleanValue()).isTrue();
	}

	@Test
	void checkpointWhenAContextHasEndedBeforeTheInvocationKnowsItsChildrenStill() {
		Puppet.Invocation first = this.puppet.next();
		first.checkpoint(this.client, start("c", CONTEXT), start("s", STEP).parentId("c").name("charge"),
				start("left", STEP).parentId("c"), succeed("s", STEP), succeed("c", CONTEXT), pause("w", 1));
		first.suspend();
		passes(Duration.ofSeconds(1));
		Puppet.Invocation second = this.puppet.next();
		refused(second, "the operation is SUCCEEDED", start("s", STEP).parentId("c").name("charge"));
		refused(second, "the operation is SUCCEEDED", succeed("s", STEP));
		refused(second, "the operation is STARTED", start("left", STEP).parentId("c"));
		refused(second, "the type differs", start("s", CONTEXT).parentId("c"));
		refused(second, "the name differs", start("s", STEP).parentId("c").name("refund"));
		assertThat(second.checkpoint(this.client, succeed("left", STEP)).newExecutionState().operations())
			.singleElement()
			.extracting(Operation::id, Operation::parentId)
			.containsExactly("left", "c");
	}

	private void refused(Puppet.Invocation invocation, String message, OperationUpdate.Builder update) {
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> invocation.checkpoint(this.client, update))
			.withMessageContaining(message);
	}

	@Test
	void checkpointWhenTheExecutionWasStoppedIsRefused() {
		Puppet.Invocation invocation = this.puppet.next();
		invocation.checkpoint(this.client, start("s", STEP));
		this.client.stopDurableExecution((request) -> request.durableExecutionArn(invocation.arn())
			.error((error) -> error.errorType("Operator").errorMessage("not needed")));
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> invocation.checkpoint(this.client))
			.withMessageContaining(INVALID_TOKEN);
		assertThat(this.client.getDurableExecution((request) -> request.durableExecutionArn(invocation.arn())))
			.satisfies((stopped) -> {
				assertThat(stopped.status()).isEqualTo(ExecutionStatus.STOPPED);
				assertThat(stopped.error().errorType()).isEqualTo("Operator");
				assertThat(stopped.error().errorMessage()).isEqualTo("not needed");
			});
	}

	@Test
	void executionWhenItEndsByACheckpointHasThatResult() {
		Puppet.Invocation invocation = this.puppet.next();
		String execution = invocation.operations().get(0).get("Id").stringValue();
		invocation.checkpoint(this.client, start("s", STEP), succeed("s", STEP),
				succeed(execution, OperationType.EXECUTION).payload("\"large\""));
		assertThat(this.client.getDurableExecution((request) -> request.durableExecutionArn(invocation.arn())))
			.satisfies((ended) -> {
				assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
				assertThat(ended.result()).isEqualTo("\"large\"");
			});
		invocation.succeed("");
	}

	@Test
	void invokeWhenItsFunctionIsUnknownHasFailedInTheReply() {
		Puppet.Invocation invocation = this.puppet.next();
		Operation invoke = operation(invocation.checkpoint(this.client, start("i", OperationType.CHAINED_INVOKE)
			.chainedInvokeOptions((options) -> options.functionName("nobody:live"))), "i");
		assertThat(invoke.status()).isEqualTo(OperationStatus.FAILED);
		assertThat(invoke.chainedInvokeDetails().error().errorType()).isEqualTo("ResourceNotFoundException");
	}

	@Test
	void invokeWhenItsExecutionEndsHasTheResult() {
		Puppet.Invocation parent = this.puppet.next();
		parent.checkpoint(this.client, start("i", OperationType.CHAINED_INVOKE).payload("\"in\"")
			.chainedInvokeOptions(
					(options) -> options.functionName("arn:aws:lambda:us-east-1:000000000000:function:check:$LATEST")));
		parent.suspend();
		Puppet.Invocation child = this.puppet.next();
		assertThat(child.operations().get(0).get("ExecutionDetails").get("InputPayload").stringValue())
			.isEqualTo("\"in\"");
		child.succeed("\"out\"");
		JsonNode invoke = this.puppet.next().operations().get(1);
		assertThat(invoke.get("Status").stringValue()).isEqualTo("SUCCEEDED");
		assertThat(invoke.get("ChainedInvokeDetails").get("Result").stringValue()).isEqualTo("\"out\"");
	}

	private void passes(Duration time) {
		this.now.set(this.now.get().plus(time));
	}

	private static List<String> states(CheckpointDurableExecutionResponse reply) {
		return reply.newExecutionState()
			.operations()
			.stream()
			.map((operation) -> operation.id() + " " + operation.status())
			.toList();
	}

	private static Operation operation(CheckpointDurableExecutionResponse reply, String id) {
		return reply.newExecutionState()
			.operations()
			.stream()
			.filter((operation) -> operation.id().equals(id))
			.findFirst()
			.orElseThrow();
	}

}
