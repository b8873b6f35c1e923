package dev.durable.lambda.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CallbackTimeoutException;
import software.amazon.awssdk.services.lambda.model.DurableExecutionAlreadyStartedException;
import software.amazon.awssdk.services.lambda.model.Event;
import software.amazon.awssdk.services.lambda.model.EventType;
import software.amazon.awssdk.services.lambda.model.Execution;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.StopDurableExecutionResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What outsiders call, with the real SDK. */
class RestApiTests {

	private LambdaEmulator emulator;

	private LambdaClient client;

	@BeforeEach
	void open() {
		this.emulator = LambdaEmulator.builder()
			.function("order", new OrderFunction(() -> Sdk.client(this.emulator.endpoint())))
			.function(EmulatedFunction.of("long", new OrderFunction(() -> Sdk.client(this.emulator.endpoint())))
				.withExecutionTimeout(Duration.ofDays(30))
				.withRetention(3))
			.speed(20)
			.start();
		this.client = Sdk.client(this.emulator.endpoint());
	}

	@AfterEach
	void close() {
		this.client.close();
		this.emulator.close();
	}

	@Test
	void invokeWhenItWaitsReturnsTheResult() {
		InvokeResponse response = Sdk.invoke(this.client, "order", "order-1", "\"approved\"");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.functionError()).isNull();
		assertThat(response.executedVersion()).isEqualTo("1");
		assertThat(response.payload().asUtf8String()).isEqualTo("\"charged, waited, approved\"");
		assertThat(response.durableExecutionArn()).contains(":function:order:1/durable-execution/order-1/");
	}

	@Test
	void invokeWhenTheFunctionFailsReturnsItsError() {
		InvokeResponse response = Sdk.invoke(this.client, "order", "order-1", "\"refused\"");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.functionError()).isEqualTo("Unhandled");
		assertThat(response.payload().asUtf8String()).contains("\"errorType\":\"Refused\"",
				"\"errorMessage\":\"refused\"");
	}

	@Test
	void invokeWhenTheNameIsTakenAttachesOrIsRefused() {
		InvokeResponse first = Sdk.invoke(this.client, "order", "order-1", "\"approved\"");
		InvokeResponse again = Sdk.invoke(this.client, "order", "order-1", "\"approved\"");
		assertThat(again.durableExecutionArn()).isEqualTo(first.durableExecutionArn());
		assertThat(again.payload()).isEqualTo(first.payload());
		assertThatExceptionOfType(DurableExecutionAlreadyStartedException.class)
			.isThrownBy(() -> Sdk.invoke(this.client, "order", "order-1", "\"other\""))
			.withMessageContaining("was started with another input");
		assertThat(Sdk.invoke(this.client, "order", null, "\"approved\"").durableExecutionArn())
			.isNotEqualTo(first.durableExecutionArn());
	}

	@Test
	void invokeWhenItIsADryRunStartsNothing() {
		assertThat(this.client
			.invoke((request) -> request.functionName("order").qualifier("1").invocationType(InvocationType.DRY_RUN))
			.statusCode()).isEqualTo(204);
		assertThat(list("order")).isEmpty();
	}

	@Test
	void invokeWhenARuleIsBrokenIsRefused() {
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> this.client.invoke((request) -> request.functionName("order")))
			.withMessageContaining("cannot be invoked by an unqualified name");
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> this.client.invoke((request) -> request.functionName("order:1").qualifier("live")))
			.withMessageContaining("'Qualifier' differs");
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> Sdk.invoke(this.client, "order", "a.b", "1"))
			.withMessageContaining("1 to 64 of");
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> Sdk.invoke(this.client, "long", "order-1", "1"))
			.withMessageContaining("more than 15 minutes cannot be invoked synchronously");
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(
					() -> this.client.invoke((request) -> request.functionName("order:1").invocationType("Sometimes")))
			.withMessageContaining("RequestResponse, Event or DryRun");
		assertThatExceptionOfType(ResourceNotFoundException.class)
			.isThrownBy(() -> Sdk.invoke(this.client, "nobody", "order-1", "1"))
			.withMessageContaining("Function not found: arn:aws:lambda:us-east-1:000000000000:function:nobody:1");
		assertThatExceptionOfType(ResourceNotFoundException.class)
			.isThrownBy(() -> this.client.invoke((request) -> request.functionName("order:2")))
			.withMessageContaining("has one version, 1");
		assertThatExceptionOfType(InvalidRequestContentException.class)
			.isThrownBy(() -> Sdk.invoke(this.client, "order", "order-1", "{"))
			.withMessageContaining("must be JSON");
		assertThatExceptionOfType(RequestTooLargeException.class)
			.isThrownBy(() -> Sdk.start(this.client, "order", "order-1", '"' + "x".repeat(262_143) + '"'))
			.withMessageContaining("at most 262144 are allowed");
		assertThat(list("order")).isEmpty();
	}

	@Test
	void getWhenTheExecutionHasEndedShowsAllOfIt() {
		Instant before = Instant.now().minusSeconds(1);
		String arn = Sdk.invoke(this.client, "order", "order-1", "\"approved\"").durableExecutionArn();
		GetDurableExecutionResponse shown = this.client
			.getDurableExecution((request) -> request.durableExecutionArn(arn));
		assertThat(shown.durableExecutionArn()).isEqualTo(arn);
		assertThat(shown.durableExecutionName()).isEqualTo("order-1");
		assertThat(shown.functionArn()).isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:order:1");
		assertThat(shown.version()).isEqualTo("1");
		assertThat(shown.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
		assertThat(shown.inputPayload()).isEqualTo("\"approved\"");
		assertThat(shown.result()).isEqualTo("\"charged, waited, approved\"");
		assertThat(shown.error()).isNull();
		assertThat(shown.startTimestamp()).isAfter(before);
		assertThat(shown.endTimestamp()).isAfterOrEqualTo(shown.startTimestamp());
		assertThat(shown.durableConfig().executionTimeout()).isEqualTo(900);
		assertThat(shown.durableConfig().retentionPeriodInDays()).isEqualTo(14);
		GetDurableExecutionResponse bare = this.client
			.getDurableExecution((request) -> request.durableExecutionArn(arn).includeExecutionData(false));
		assertThat(bare.inputPayload()).isNull();
		assertThat(bare.result()).isNull();
		assertThat(bare.executionDataIncluded()).isFalse();
	}

	@Test
	void getWhenTheArnIsWrongIsRefused() {
		String arn = Sdk.start(this.client, "order", "order-1", "\"approved\"");
		assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> this.client
			.getDurableExecution((request) -> request.durableExecutionArn(arn.replace("/order-1/", "/order-2/"))));
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> this.client.getDurableExecution((request) -> request.durableExecutionArn("order-1")))
			.withMessageContaining("must be the ARN of a durable execution");
	}

	@Test
	void historyWhenTheExecutionHasEndedTellsWhatHappened() {
		String arn = Sdk.invoke(this.client, "order", "order-1", "\"approved slowly\"").durableExecutionArn();
		List<Event> events = history(arn);
		assertThat(events).extracting(Event::eventType)
			.containsExactly(EventType.EXECUTION_STARTED, EventType.STEP_STARTED, EventType.STEP_FAILED,
					EventType.STEP_STARTED, EventType.STEP_SUCCEEDED, EventType.WAIT_STARTED,
					EventType.INVOCATION_COMPLETED, EventType.WAIT_SUCCEEDED, EventType.CALLBACK_STARTED,
					EventType.CALLBACK_SUCCEEDED, EventType.INVOCATION_COMPLETED, EventType.EXECUTION_SUCCEEDED);
		assertThat(events).extracting(Event::eventId)
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 12).boxed().toList());
		Event first = events.get(0);
		assertThat(first.executionStartedDetails().input().payload()).isEqualTo("\"approved slowly\"");
		assertThat(first.executionStartedDetails().executionTimeout()).isEqualTo(900);
		assertThat(events.get(2).stepFailedDetails()).satisfies((failed) -> {
			assertThat(failed.error().payload().errorType()).isEqualTo("Busy");
			assertThat(failed.retryDetails().currentAttempt()).isEqualTo(1);
			assertThat(failed.retryDetails().nextAttemptDelaySeconds()).isEqualTo(1);
		});
		assertThat(events.get(4).stepSucceededDetails()).satisfies((succeeded) -> {
			assertThat(succeeded.result().payload()).isEqualTo("\"charged\"");
			assertThat(succeeded.result().truncated()).isFalse();
			assertThat(succeeded.retryDetails().currentAttempt()).isEqualTo(2);
		});
		Event wait = events.get(5);
		assertThat(wait.name()).isEqualTo("cooling-off");
		assertThat(wait.subType()).isEqualTo("Wait");
		assertThat(wait.waitStartedDetails().duration()).isEqualTo(60);
		assertThat(wait.waitStartedDetails().scheduledEndTimestamp()).isEqualTo(wait.eventTimestamp().plusSeconds(3));
		assertThat(events.get(7).waitSucceededDetails().duration()).isEqualTo(60);
		assertThat(events.get(6).invocationCompletedDetails()).satisfies((completed) -> {
			assertThat(completed.requestId()).isNotEmpty();
			assertThat(completed.endTimestamp()).isAfterOrEqualTo(completed.startTimestamp());
			assertThat(completed.error()).isNull();
		});
		assertThat(events.get(8).callbackStartedDetails().timeout()).isEqualTo(600);
		assertThat(events.get(8).callbackStartedDetails().callbackId()).matches("[A-Za-z0-9+/]+={0,2}");
		assertThat(events.get(11).executionSucceededDetails().result().payload()).contains("approved");
	}

	@Test
	void historyWhenItIsPagedIsWholeInBothOrders() {
		String arn = Sdk.invoke(this.client, "order", "order-1", "\"approved slowly\"").durableExecutionArn();
		List<Integer> ids = IntStream.rangeClosed(1, 12).boxed().toList();
		assertThat(this.client
			.getDurableExecutionHistoryPaginator((request) -> request.durableExecutionArn(arn).maxItems(5))
			.events()).extracting(Event::eventId).containsExactlyElementsOf(ids);
		assertThat(this.client
			.getDurableExecutionHistoryPaginator(
					(request) -> request.durableExecutionArn(arn).maxItems(5).reverseOrder(true))
			.events()).extracting((event) -> 13 - event.eventId()).containsExactlyElementsOf(ids);
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> this.client
				.getDurableExecutionHistory((request) -> request.durableExecutionArn(arn).marker("zero")))
			.withMessageContaining("'Marker'");
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> this.client
				.getDurableExecutionHistory((request) -> request.durableExecutionArn(arn).maxItems(1_001)))
			.withMessageContaining("'MaxItems' must be at most 1000");
	}

	@Test
	void historyWhenExecutionDataIsLeftOutHasNone() {
		String arn = Sdk.invoke(this.client, "order", "order-1", "\"refused\"").durableExecutionArn();
		List<Event> events = this.client
			.getDurableExecutionHistory((request) -> request.durableExecutionArn(arn).includeExecutionData(false))
			.events();
		assertThat(events.get(0).executionStartedDetails().input()).satisfies((input) -> {
			assertThat(input.payload()).isNull();
			assertThat(input.truncated()).isTrue();
		});
		assertThat(events.get(4).stepSucceededDetails().result().payload()).isNull();
		assertThat(events.get(events.size() - 1).executionFailedDetails().error()).satisfies((error) -> {
			assertThat(error.payload().errorType()).isEqualTo("Refused");
			assertThat(error.payload().errorMessage()).isNull();
			assertThat(error.truncated()).isTrue();
		});
	}

	@Test
	void listWhenThereAreExecutionsFindsThem() {
		for (int i = 0; i < 5; i++) {
			Sdk.invoke(this.client, "order", "order-" + i, (i == 2) ? "\"refused\"" : "\"approved\"");
		}
		Sdk.start(this.client, "long", "order-9", "\"silent\"");
		assertThat(list("order")).extracting(Execution::durableExecutionName)
			.containsExactly("order-0", "order-1", "order-2", "order-3", "order-4");
		assertThat(this.client
			.listDurableExecutionsByFunctionPaginator(
					(request) -> request.functionName("order").qualifier("1").reverseOrder(true).maxItems(2))
			.durableExecutions()).extracting(Execution::durableExecutionName)
			.containsExactly("order-4", "order-3", "order-2", "order-1", "order-0");
		Execution third = list("order").get(2);
		assertThat(this.client.listDurableExecutionsByFunction(
				(request) -> request.functionName("order").statuses(ExecutionStatus.FAILED, ExecutionStatus.STOPPED))
			.durableExecutions()).containsExactly(third);
		assertThat(this.client
			.listDurableExecutionsByFunction((request) -> request.functionName("order").durableExecutionName("order-3"))
			.durableExecutions()).hasSize(1);
		assertThat(this.client
			.listDurableExecutionsByFunction(
					(request) -> request.functionName("order").startedAfter(third.startTimestamp()))
			.durableExecutions()).extracting(Execution::durableExecutionName).containsExactly("order-3", "order-4");
		assertThat(this.client
			.listDurableExecutionsByFunction(
					(request) -> request.functionName("order").startedBefore(third.startTimestamp()))
			.durableExecutions()).extracting(Execution::durableExecutionName).containsExactly("order-0", "order-1");
		assertThat(list("long")).singleElement()
			.satisfies((execution) -> assertThat(execution.endTimestamp()).isNull());
		assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> list("nobody"));
	}

	@Test
	void stopWhenTheExecutionWaitsEndsIt() {
		String arn = Sdk.start(this.client, "order", "order-1", "\"silent\"");
		StopDurableExecutionResponse stopped = this.client
			.stopDurableExecution((request) -> request.durableExecutionArn(arn));
		GetDurableExecutionResponse shown = this.client
			.getDurableExecution((request) -> request.durableExecutionArn(arn));
		assertThat(shown.status()).isEqualTo(ExecutionStatus.STOPPED);
		assertThat(shown.endTimestamp()).isEqualTo(stopped.stopTimestamp());
		assertThat(this.client.stopDurableExecution((request) -> request.durableExecutionArn(arn)).stopTimestamp())
			.isEqualTo(stopped.stopTimestamp());
		assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> this.client
			.stopDurableExecution((request) -> request.durableExecutionArn(arn.replace("order-1", "order-2"))));
	}

	@Test
	void callbackWhenItFailsTellsTheFunction() {
		String arn = Sdk.start(this.client, "order", "order-1", "\"silent\"");
		String callback = OrderFunction.awaitCallback(this.client, arn);
		this.client.sendDurableExecutionCallbackHeartbeat((request) -> request.callbackId(callback));
		this.client.sendDurableExecutionCallbackFailure((request) -> request.callbackId(callback)
			.error((error) -> error.errorType("Refused").errorMessage("by phone")));
		assertThat(Sdk.awaitEnd(this.client, arn)).satisfies((failed) -> {
			assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
			assertThat(failed.error().errorMessage()).isEqualTo("by phone");
		});
		assertThatExceptionOfType(CallbackTimeoutException.class)
			.isThrownBy(
					() -> this.client.sendDurableExecutionCallbackSuccess((request) -> request.callbackId(callback)))
			.withMessageContaining("timed out or was completed before");
		assertThatExceptionOfType(CallbackTimeoutException.class).isThrownBy(
				() -> this.client.sendDurableExecutionCallbackHeartbeat((request) -> request.callbackId(callback)));
	}

	@Test
	void callbackWhenARuleIsBrokenIsRefused() {
		String arn = Sdk.start(this.client, "order", "order-1", "\"silent\"");
		String callback = OrderFunction.awaitCallback(this.client, arn);
		assertThatExceptionOfType(ResourceNotFoundException.class)
			.isThrownBy(
					() -> this.client.sendDurableExecutionCallbackSuccess((request) -> request.callbackId("bm9uZQ==")))
			.withMessageContaining("No callback has this id");
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> this.client.sendDurableExecutionCallbackSuccess(
					(request) -> request.callbackId(callback).result(SdkBytes.fromUtf8String("x".repeat(262_145)))))
			.withMessageContaining("'Result' has 262145 bytes");
		assertThatExceptionOfType(InvalidParameterValueException.class)
			.isThrownBy(() -> this.client.sendDurableExecutionCallbackFailure(
					(request) -> request.callbackId(callback).error((error) -> error.errorMessage("x".repeat(32_768)))))
			.withMessageContaining("'Error' has");
		this.client.stopDurableExecution((request) -> request.durableExecutionArn(arn));
		assertThatExceptionOfType(CallbackTimeoutException.class).isThrownBy(
				() -> this.client.sendDurableExecutionCallbackSuccess((request) -> request.callbackId(callback)));
	}

	private List<Event> history(String arn) {
		return this.client.getDurableExecutionHistory((request) -> request.durableExecutionArn(arn)).events();
	}

	private List<Execution> list(String function) {
		return this.client.listDurableExecutionsByFunction((request) -> request.functionName(function))
			.durableExecutions();
	}

}
