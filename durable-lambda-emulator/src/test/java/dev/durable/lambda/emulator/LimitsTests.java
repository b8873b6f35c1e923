package dev.durable.lambda.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.durable.EventType;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationSubType;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How much an execution may be, and how much is told at once. */
class LimitsTests {

	private final Puppet puppet = new Puppet();

	private LambdaEmulator emulator;

	private LambdaClient client;

	@BeforeEach
	void open() {
		this.emulator = LambdaEmulator.builder()
			.function(EmulatedFunction.of("check", this.puppet).withExecutionTimeout(Duration.ofDays(30)))
			.speed(1_000)
			.start();
		this.client = Sdk.client(this.emulator.endpoint());
		Sdk.start(this.client, "check", "order-1", "1");
	}

	@AfterEach
	void close() {
		this.client.close();
		this.emulator.close();
	}

	@Test
	void executionWhenItHasThreeThousandOperationsMayStartNoMore() {
		Puppet.Invocation invocation = this.puppet.next();
		for (int i = 0; i < 11; i++) {
			invocation.checkpoint(this.client, steps(i * 250, 250));
		}
		// of the 3,000 the start of the execution is one, and each retry
		invocation.checkpoint(this.client, steps(2_750, 248));
		invocation.checkpoint(this.client, Sdk.retry("s0", 60));
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> invocation.checkpoint(this.client, Sdk.retry("s1", 60)))
			.withMessageContaining("An execution may have at most 3000 operations");
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> invocation.checkpoint(this.client, Sdk.start("t", OperationType.CONTEXT)))
			.withMessageContaining("An execution may have at most 3000 operations");
		invocation.checkpoint(this.client, Sdk.succeed("s1", OperationType.STEP));
	}

	@Test
	void meterWhenAHistoryExistsGoesOnFromIt() {
		List<Event> events = new ArrayList<>();
		for (int i = 1; i < 2_996; i++) {
			events.add(event(i, EventType.STEP_STARTED, EventContent.NONE));
		}
		events.add(event(1, EventType.STEP_FAILED, EventContent.of(EventDetails.NONE.with(EventFacts.DELAY, "PT1S"))));
		events.add(new Event(4_000, EventType.INVOCATION_COMPLETED, "i", Instant.EPOCH, null,
				new EventContent(null, Payload.ofText("{}"), EventDetails.NONE)));
		Meter meter = Meter.of(events);
		meter.add(List.of(update("{\"Id\":\"a\",\"Type\":\"STEP\",\"Action\":\"START\"}"),
				update("{\"Id\":\"a\",\"Type\":\"STEP\",\"Action\":\"SUCCEED\"}")));
		meter.add(List.of(update("{\"Id\":\"b\",\"Type\":\"STEP\",\"Action\":\"START\"}"),
				update("{\"Id\":\"e\",\"Type\":\"EXECUTION\",\"Action\":\"SUCCEED\"}")));
		assertThatExceptionOfType(AwsException.class)
			.isThrownBy(() -> meter.add(List.of(update("{\"Id\":\"c\",\"Type\":\"WAIT\",\"Action\":\"START\"}"))))
			.withMessageContaining("at most 3000 operations");
	}

	@Test
	void meterWhenAHundredMegabytesAreStoredTakesNoMore() {
		Payload large = new Payload(new byte[1024 * 1024]);
		EventContent both = new EventContent(large, large, EventDetails.NONE);
		Meter meter = Meter.of(Collections.nCopies(49, event(1, EventType.STEP_SUCCEEDED, both)));
		String half = "x".repeat(1024 * 1024);
		meter
			.add(List.of(update("{\"Id\":\"a\",\"Type\":\"STEP\",\"Action\":\"SUCCEED\",\"Payload\":\"" + half + "\"}"),
					update("{\"Id\":\"b\",\"Type\":\"STEP\",\"Action\":\"SUCCEED\",\"Payload\":\"" + half + "\"}")));
		assertThatExceptionOfType(AwsException.class)
			.isThrownBy(() -> meter
				.add(List.of(update("{\"Id\":\"c\",\"Type\":\"STEP\",\"Action\":\"SUCCEED\",\"Payload\":\"1\"}"))))
			.withMessageContaining("An execution may store at most 104857600 bytes");
	}

	@Test
	void stateWhenItIsLargeComesInPages() {
		Puppet.Invocation first = this.puppet.next();
		for (int i = 0; i < 24; i += 3) {
			first.checkpoint(this.client, large("s" + i), large("s" + (i + 1)), large("s" + (i + 2)));
		}
		first.checkpoint(this.client, Sdk.pause("w", 1));
		first.suspend();
		Puppet.Invocation second = this.puppet.next();
		JsonNode state = second.envelope().get("InitialExecutionState");
		assertThat(Json.bytes(state).length).isBetween(Page.MAX_BYTES - 300_000, Page.MAX_BYTES + 10_000);
		String marker = state.get("NextMarker").stringValue();
		List<String> rest = this.client
			.getDurableExecutionStatePaginator((request) -> request.durableExecutionArn(second.arn())
				.checkpointToken(second.token())
				.marker(marker)
				.maxItems(2))
			.operations()
			.stream()
			.map(Operation::id)
			.toList();
		assertThat(rest).hasSizeGreaterThan(2);
		List<String> all = Stream
			.concat(second.operations().stream().skip(1).map((node) -> node.get("Id").stringValue()), rest.stream())
			.toList();
		assertThat(all).containsExactlyElementsOf(
				Stream.concat(IntStream.range(0, 24).mapToObj((i) -> "s" + i), Stream.of("w")).toList());
		assertThat(this.client
			.getDurableExecutionState(
					(request) -> request.durableExecutionArn(second.arn()).checkpointToken(second.token()).maxItems(1))
			.operations()).extracting(Operation::typeAsString).containsExactly("EXECUTION", "STEP");
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> this.client.getDurableExecutionState(
					(request) -> request.durableExecutionArn(second.arn()).checkpointToken(second.token()).marker("0")))
			.withMessageContaining("'Marker'");
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> this.client.getDurableExecutionState(
					(request) -> request.durableExecutionArn(second.arn()).checkpointToken(first.token())))
			.withMessageContaining("Invalid Checkpoint Token");
	}

	@Test
	void replyWhenItIsLargeComesInPages() {
		Puppet.Invocation invocation = this.puppet.next();
		List<Operation> callbacks = invocation
			.checkpoint(this.client,
					IntStream.range(0, 22)
						.mapToObj((i) -> Sdk.start("cb" + i, OperationType.CALLBACK))
						.toArray(OperationUpdate.Builder[]::new))
			.newExecutionState()
			.operations();
		SdkBytes result = SdkBytes.fromUtf8String("x".repeat(UpdateRules.MAX_PAYLOAD));
		callbacks.forEach((callback) -> this.client.sendDurableExecutionCallbackSuccess(
				(request) -> request.callbackId(callback.callbackDetails().callbackId()).result(result)));
		CheckpointDurableExecutionResponse reply = invocation.checkpoint(this.client);
		List<String> first = reply.newExecutionState().operations().stream().map(Operation::id).toList();
		assertThat(first).hasSizeBetween(19, 20);
		assertThat(this.client
			.getDurableExecutionStatePaginator((request) -> request.durableExecutionArn(invocation.arn())
				.checkpointToken(reply.checkpointToken())
				.marker(reply.newExecutionState().nextMarker()))
			.operations()
			.stream()
			.map(Operation::id)).doesNotContainAnyElementsOf(first).hasSize(22 - first.size());
	}

	private static OperationUpdate.Builder large(String id) {
		return Sdk.succeed(id, OperationType.STEP).payload("x".repeat(250_000));
	}

	private static OperationUpdate.Builder[] steps(int from, int count) {
		return IntStream.range(from, from + count)
			.mapToObj((i) -> Sdk.start("s" + i, OperationType.STEP))
			.toArray(OperationUpdate.Builder[]::new);
	}

	private static Event event(int operation, EventType type, EventContent content) {
		return new Event(operation, type, "i", Instant.EPOCH,
				new OperationRef(new OperationId("o" + operation), null, null, OperationSubType.STEP), content);
	}

	private static WireUpdate update(String json) {
		return WireUpdate.of(Json.read(Payload.ofText(json).bytes()));
	}

}
