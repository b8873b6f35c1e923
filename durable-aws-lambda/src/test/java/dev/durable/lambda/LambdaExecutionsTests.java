package dev.durable.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.durable.CallbackAlreadyCompletedException;
import dev.durable.CallbackNotFoundException;
import dev.durable.DurableClient;
import dev.durable.DurableException;
import dev.durable.DurableExecutionUnavailableException;
import dev.durable.DurableFunction;
import dev.durable.ErrorObject;
import dev.durable.EventType;
import dev.durable.ExecutionAlreadyStartedException;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionId;
import dev.durable.ExecutionPage;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionSummary;
import dev.durable.ExecutionTimeoutException;
import dev.durable.FunctionVersion;
import dev.durable.HistoryEvent;
import dev.durable.OperationSubType;
import dev.durable.UnknownExecutionException;
import dev.durable.UnknownFunctionException;
import dev.durable.codec.HistoryJson;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.engine.FunctionDefinition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.model.Event;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackSuccessRequest;
import software.amazon.awssdk.services.lambda.model.StopDurableExecutionRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests of the client that {@link LambdaExecutions} builds. */
class LambdaExecutionsTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private final FakeLambda lambda = new FakeLambda();

	private final SteppedPace pace = new SteppedPace();

	private final DurableClient client = client(new LambdaTargets(Map.of("ship", "shipping:v2"), "live"));

	private DurableClient client(LambdaTargets targets) {
		return LambdaExecutions.client(() -> this.lambda, new JacksonPayloadCodec())
			.functions(() -> List.of(function("order", "1", String.class), function("order", "2", Receipt.class),
					function("ship", "1", String.class)))
			.targets(targets)
			.pace(this.pace)
			.build();
	}

	private static FunctionDefinition function(String name, String version, Class<?> result) {
		return new FunctionDefinition(new FunctionVersion(name, version), Order.class, result, null,
				(context, input) -> null);
	}

	@Test
	void startWhenNamedInvokesTheVersionAndDoesNotWait() {
		ExecutionHandle<Object> handle = this.client.function("order").named("o-1").start(new Order("book", 2));
		assertThat(handle.id().value()).isEqualTo(FakeLambda.arn("order", "o-1"));
		assertThat(this.lambda.invocations).singleElement().satisfies((request) -> {
			assertThat(request.functionName()).isEqualTo("order");
			assertThat(request.qualifier()).isEqualTo("live");
			assertThat(request.invocationType()).isEqualTo(InvocationType.EVENT);
			assertThat(request.durableExecutionName()).isEqualTo("o-1");
			assertThat(request.payload().asUtf8String()).isEqualTo("{\"item\":\"book\",\"count\":2}");
		});
		assertThat(handle.status()).isEqualTo(ExecutionStatus.RUNNING);
	}

	@ParameterizedTest
	@CsvSource({ "orders, orders, live", "orders:v2, orders, v2",
			"arn:aws:lambda:eu-west-1:123456789012:function:orders, arn:aws:lambda:eu-west-1:123456789012:function:orders, live",
			"arn:aws:lambda:eu-west-1:123456789012:function:orders:7, arn:aws:lambda:eu-west-1:123456789012:function:orders, 7",
			"123456789012:function:orders, 123456789012:function:orders, live",
			"123456789012:function:orders:7, 123456789012:function:orders, 7" })
	void startWhenTheFunctionHasAnotherNameInvokesThat(String configured, String function, String qualifier) {
		client(new LambdaTargets(Map.of("order", configured), "live")).function("order").start(null);
		InvokeRequest request = this.lambda.invocations.get(0);
		assertThat(request.functionName()).isEqualTo(function);
		assertThat(request.qualifier()).isEqualTo(qualifier);
	}

	@Test
	void startWhenTypedTakesFunctionAndInputFromTheCall() {
		ExecutionHandle<Receipt> handle = this.client.function(Flow.class)
			.named("o-1")
			.start((flow) -> flow.order(new Order("book", 2)));
		end(handle.id(), "SUCCEEDED", "{\"text\":\"thanks\"}");
		assertThat(handle.result(LONG)).isEqualTo(new Receipt("thanks"));
	}

	@Test
	void startWhenTheNameIsKnownAttachesOrRefuses() {
		ExecutionId first = this.client.function("order").named("o-1").start(new Order("book", 2)).id();
		assertThat(this.client.function("order").named("o-1").start(new Order("book", 2)).id()).isEqualTo(first);
		assertThatExceptionOfType(ExecutionAlreadyStartedException.class)
			.isThrownBy(() -> this.client.function("order").named("o-1").start(new Order("lamp", 1)))
			.satisfies((ex) -> assertThat(ex.executionId()).isEqualTo(first));
	}

	@Test
	void startWhenTheLambdaFunctionIsNotDurableSaysSo() {
		this.lambda.durable = false;
		assertThatExceptionOfType(DurableException.class)
			.isThrownBy(() -> this.client.function("order").start(new Order("book", 2)))
			.withMessageContaining("order:live")
			.withMessageContaining("DurableConfig");
	}

	@ParameterizedTest
	@CsvSource({ "orders:live", "123456789012:function:orders:live",
			"arn:aws:lambda:eu-west-1:123456789012:function:orders" })
	void startWhenItIsTheLambdaFunctionOfThisOrdinaryEventInvokesNothing(String target) {
		DurableClient client = clientAt("arn:aws:lambda:eu-west-1:123456789012:function:orders:7", target);
		assertThatExceptionOfType(DurableException.class).isThrownBy(() -> client.function("order").start(null))
			.withMessageContaining("orders")
			.withMessageContaining("DurableConfig")
			.withMessageContaining("durable.lambda.function-names.order");
		assertThat(this.lambda.invocations).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "reorders:live", "arn:aws:lambda:us-east-1:123456789012:function:orders" })
	void startWhenItIsAnotherLambdaFunctionThanThatOfThisOrdinaryEventInvokesIt(String target) {
		clientAt("arn:aws:lambda:eu-west-1:123456789012:function:orders", target).function("order").start(null);
		assertThat(this.lambda.invocations).hasSize(1);
	}

	private DurableClient clientAt(String functionArn, String target) {
		return LambdaExecutions.client(() -> this.lambda, new JacksonPayloadCodec())
			.targets(new LambdaTargets(Map.of("order", target), "live"))
			.ordinary(() -> functionArn)
			.build();
	}

	@Test
	void startWhenNeitherFunctionNorTargetIsKnownIsRefused() {
		assertThatExceptionOfType(UnknownFunctionException.class).isThrownBy(() -> this.client.function("bill"))
			.withMessageContaining("[order, ship]");
		client(new LambdaTargets(Map.of("bill", "billing"), "live")).function("bill").start(Map.of("a", 1));
		assertThat(this.lambda.invocations.get(0).functionName()).isEqualTo("billing");
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.function("order").named("no/name"));
	}

	@Test
	void resultWhenItTakesLongIsLookedForLessAndLessOften() {
		ExecutionHandle<Object> handle = this.client.function("order").named("o-1").start(new Order("book", 2));
		for (int i = 0; i < 8; i++) {
			this.lambda.looks.add(FakeLambda.running("order", "o-1").build());
		}
		end(handle.id(), "SUCCEEDED", "{\"text\":\"thanks\"}");
		assertThat(handle.result(LONG)).isEqualTo(new Receipt("thanks"));
		assertThat(this.pace.pauses()).extracting(Duration::toMillis)
			.containsExactly(250L, 500L, 1000L, 2000L, 4000L, 5000L, 5000L, 5000L);
	}

	@Test
	void resultWhenManyWaitIsAskedForTenTimesASecond() throws InterruptedException {
		this.pace.pause(Duration.ZERO);
		this.pace.pause(Duration.ZERO);
		this.pace.pause(Duration.ofMillis(30));
		assertThat(this.pace.pauses()).extracting(Duration::toMillis).containsExactly(100L, 30L, 70L);
	}

	@Test
	void resultWhenTheTimeIsUpSaysThatTheExecutionGoesOn() {
		ExecutionHandle<Object> handle = this.client.function("order").named("o-1").start(new Order("book", 2));
		assertThatExceptionOfType(ExecutionTimeoutException.class)
			.isThrownBy(() -> handle.result(Duration.ofSeconds(1)));
		assertThat(this.pace.pauses()).extracting(Duration::toMillis).containsExactly(250L, 500L, 250L);
		assertThatExceptionOfType(ExecutionTimeoutException.class).isThrownBy(() -> handle.result(Duration.ZERO));
	}

	@Test
	void resultWhenTheFunctionFailedCarriesItsException() {
		ExecutionHandle<Object> handle = this.client.function("order").named("o-1").start(new Order("book", 2));
		this.lambda.executions.computeIfPresent(handle.id().value(),
				(arn, execution) -> execution.toBuilder()
					.status("FAILED")
					.error((error) -> error.errorType(IllegalStateException.class.getName()).errorMessage("No stock"))
					.build());
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> handle.result(LONG))
			.withCauseInstanceOf(IllegalStateException.class)
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(ExecutionStatus.FAILED));
		this.lambda.executions.computeIfPresent(handle.id().value(),
				(arn, execution) -> execution.toBuilder()
					.status("TIMED_OUT")
					.error((software.amazon.awssdk.services.lambda.model.ErrorObject) null)
					.build());
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> handle.result(LONG))
			.satisfies((ex) -> assertThat(ex.error().errorType()).isEqualTo("Execution.TIMED_OUT"));
	}

	@Test
	void executionWhenFoundByItsIdHasTheResultOfItsFunction() {
		ExecutionId id = this.client.function("ship").named("s-1").start(new Order("book", 2)).id();
		end(id, "SUCCEEDED", "\"parcel\"");
		assertThat(this.client.execution(id).result(LONG)).isEqualTo("parcel");
		assertThat(this.client.execution(new ExecutionId(id.value()), Object.class).result(LONG)).isEqualTo("parcel");
	}

	@ParameterizedTest
	@CsvSource({ "not-an-arn",
			"arn:aws:lambda:eu-central-1:123456789012:function:order:7/durable-execution/gone/i-gone" })
	void executionWhenUnknownIsReported(String id) {
		ExecutionHandle<Object> handle = this.client.execution(new ExecutionId(id));
		assertThatExceptionOfType(UnknownExecutionException.class).isThrownBy(handle::status);
		assertThatExceptionOfType(UnknownExecutionException.class).isThrownBy(handle::history);
		assertThatExceptionOfType(UnknownExecutionException.class).isThrownBy(() -> handle.stop("No"));
	}

	@Test
	void stopWhenRunningEndsItAndElseDoesNothing() {
		ExecutionHandle<Object> handle = this.client.function("order").named("o-1").start(new Order("book", 2));
		assertThat(handle.stop("Customer called")).isTrue();
		assertThat(this.lambda.calls).filteredOn(StopDurableExecutionRequest.class::isInstance)
			.singleElement()
			.satisfies((request) -> assertThat(((StopDurableExecutionRequest) request).error().errorMessage())
				.isEqualTo("Customer called"));
		assertThat(handle.status()).isEqualTo(ExecutionStatus.STOPPED);
		assertThat(handle.stop("Again")).isFalse();
	}

	@Test
	void historyWhenItHasPagesIsReadToItsEndAndShowsNoCallbackId() {
		ExecutionHandle<Object> handle = this.client.function("order").named("o-1").start(new Order("book", 2));
		this.lambda.history = History.EVENTS;
		List<HistoryEvent> events = handle.history();
		assertThat(events).extracting(HistoryEvent::type)
			.containsExactly(EventType.EXECUTION_STARTED, EventType.STEP_STARTED, EventType.STEP_FAILED,
					EventType.WAIT_STARTED, EventType.CALLBACK_STARTED, EventType.CONTEXT_SUCCEEDED,
					EventType.CHAINED_INVOKE_STARTED, EventType.INVOCATION_COMPLETED);
		assertThat(events.get(0).operation()).isNull();
		assertThat(events.get(0).payload()).isEqualTo("{}");
		assertThat(events.get(0).details()).containsEntry("timeout", "PT1H");
		assertThat(events.get(2).error()).isEqualTo(ErrorObject.of("Busy", "Later"));
		assertThat(events.get(2).details()).containsEntry("attempt", "1").containsEntry("delay", "PT5S");
		assertThat(events.get(3).details()).containsEntry("duration", "PT1M")
			.containsEntry("dueAt", "2026-11-26T08:01:00Z");
		assertThat(events.get(4).details()).containsOnlyKeys("timeout");
		assertThat(events.get(5).operation()).satisfies((operation) -> {
			assertThat(operation.subType()).isEqualTo(OperationSubType.RUN_IN_CHILD_CONTEXT);
			assertThat(operation.parentId()).hasToString("p");
		});
		assertThat(events.get(5).details()).containsEntry("hidden", "true");
		assertThat(events.get(6).details()).containsEntry("function", "ship");
		assertThat(events.get(7).details()).containsEntry("requestId", "r-1")
			.containsEntry("startedAt", "2026-11-26T08:00:00Z");
		assertThat(new HistoryJson().toJson(events)).contains("\"ScheduledEndTimestamp\":\"2026-11-26T08:01:00.000Z\"")
			.doesNotContain("secret");
	}

	@Test
	void listWhenOfAllFunctionsGoesFromOneToTheNext() {
		for (String name : List.of("a", "b", "c")) {
			this.client.function("order").named(name).start(new Order(name, 1));
		}
		end(new ExecutionId(FakeLambda.arn("order", "b")), "SUCCEEDED", "{}");
		this.lambda.executions.put(FakeLambda.arn("shipping", "s"), FakeLambda.running("shipping", "s").build());
		ExecutionQuery query = ExecutionQuery.all().withLimit(2);
		ExecutionPage first = this.client.list(query);
		assertThat(first.executions()).extracting(ExecutionSummary::name).containsExactly("c", "b");
		ExecutionPage second = this.client.list(query.after(first.next()));
		assertThat(second.executions()).extracting(ExecutionSummary::name).containsExactly("a", "s");
		assertThat(second.next()).isNull();
		assertThat(second.executions().get(1).function()).isEqualTo(new FunctionVersion("ship", "7"));
		assertThat(this.client.list(query.withFunction("order").withStatus(ExecutionStatus.SUCCEEDED)).executions())
			.extracting(ExecutionSummary::name)
			.containsExactly("b");
		assertThat(this.client.list(query.withName("s")).executions()).extracting(ExecutionSummary::id)
			.containsExactly(new ExecutionId(FakeLambda.arn("shipping", "s")));
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.list(query.after("elsewhere")));
	}

	@Test
	void callbackWhenCompletedIsSentAndItsErrorsAreOurs() {
		this.client.callbacks().succeed("c-1", new Receipt("thanks"));
		this.client.callbacks().fail("c-1", ErrorObject.of("Refused", "No"));
		this.client.callbacks().heartbeat("c-1");
		assertThat(this.lambda.calls).hasSize(3);
		assertThat(((SendDurableExecutionCallbackSuccessRequest) this.lambda.calls.get(0)).result().asUtf8String())
			.isEqualTo("{\"text\":\"thanks\"}");
		assertThatExceptionOfType(CallbackNotFoundException.class)
			.isThrownBy(() -> this.client.callbacks().succeed("unknown", null));
		assertThatExceptionOfType(CallbackAlreadyCompletedException.class)
			.isThrownBy(() -> this.client.callbacks().heartbeat("late"))
			.withMessageContaining("TIMED_OUT");
	}

	@Test
	void serviceWhenItFailsIsReportedWithoutWhatItQuotes() {
		ExecutionHandle<Object> handle = this.client.function("order").named("o-1").start(new Order("book", 2));
		this.lambda.failWith(429, "TooManyRequestsException");
		assertThatExceptionOfType(DurableExecutionUnavailableException.class).isThrownBy(handle::status)
			.withMessageContaining("GetDurableExecution")
			.withMessageNotContaining("secret");
		this.lambda.failWith(403, "AccessDeniedException");
		assertThatExceptionOfType(DurableException.class)
			.isThrownBy(() -> this.client.function("order").start(new Order("book", 2)))
			.isNotInstanceOf(DurableExecutionUnavailableException.class)
			.withMessageContaining("lambda:InvokeFunction")
			.withMessageNotContaining("secret");
		this.lambda.failure = SdkClientException.create("No route");
		assertThatExceptionOfType(DurableExecutionUnavailableException.class)
			.isThrownBy(() -> this.client.list(ExecutionQuery.all()));
	}

	private void end(ExecutionId id, String status, String result) {
		this.lambda.executions.computeIfPresent(id.value(),
				(arn, execution) -> execution.toBuilder()
					.status(status)
					.result(result)
					.endTimestamp(FakeLambda.START.plusSeconds(1))
					.build());
	}

	interface Flow {

		@DurableFunction(name = "order")
		@Nullable Receipt order(Order order);

	}

	record Order(String item, int count) {

	}

	record Receipt(String text) {

	}

	/** A history of eight events. */
	private static final class History {

		private static final Instant AT = FakeLambda.START;

		static final List<Event> EVENTS = List.of(event(1, "ExecutionStarted", null)
			.executionStartedDetails((details) -> details.executionTimeout(3600).input((input) -> input.payload("{}")))
			.build(), event(2, "StepStarted", "Step").stepStartedDetails((details) -> {
			}).build(),
				event(3, "StepFailed", "Step").stepFailedDetails((details) -> details
					.error((error) -> error.payload((payload) -> payload.errorType("Busy").errorMessage("Later")))
					.retryDetails((retry) -> retry.currentAttempt(1).nextAttemptDelaySeconds(5))).build(),
				event(4, "WaitStarted", "Wait")
					.waitStartedDetails((details) -> details.duration(60).scheduledEndTimestamp(AT.plusSeconds(60)))
					.build(),
				event(5, "CallbackStarted", "Callback")
					.callbackStartedDetails((details) -> details.callbackId("secret").timeout(9))
					.build(),
				event(6, "ContextSucceeded", "OfAnotherSdk").parentId("p")
					.contextSucceededDetails((details) -> details.result((result) -> result.truncated(true)))
					.build(),
				event(7, "ChainedInvokeStarted", "ChainedInvoke")
					.chainedInvokeStartedDetails((details) -> details.functionName("ship"))
					.build(),
				event(8, "InvocationCompleted", null).invocationCompletedDetails(
						(details) -> details.requestId("r-1").startTimestamp(AT).endTimestamp(AT))
					.build());

		private static Event.Builder event(int id, String type, @Nullable String subType) {
			return Event.builder().eventId(id).eventType(type).subType(subType).id("op").eventTimestamp(AT);
		}

	}

}
