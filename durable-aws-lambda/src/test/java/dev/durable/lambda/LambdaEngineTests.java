package dev.durable.lambda;

import java.time.Duration;
import java.util.List;

import dev.durable.DurableCallback;
import dev.durable.DurableFuture;
import dev.durable.InvokeOptions;
import dev.durable.TypeRef;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.CallbackDetails;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs functions from their envelope to their answer. */
class LambdaEngineTests extends EngineTest {

	private static final InvokeOptions TENANT = InvokeOptions.defaults().withTenantId("tenant-1");

	@Test
	void functionWithStepsReturnsItsResultAndRecordsThem() {
		JsonNode answer = invoke((context, input) -> {
			String reserved = context.step("reserve", String.class, (step) -> input + " reserved");
			return context.step("charge", String.class, (step) -> reserved + " charged");
		});
		assertResult(answer, "\"input reserved charged\"");
		assertThat(updates()).containsExactly("START reserve", "SUCCEED reserve", "START charge", "SUCCEED charge");
		assertThat(this.service.operation("charge").stepDetails().result()).isEqualTo("\"input reserved charged\"");
	}

	@Test
	void functionThatWaitsAnswersPendingAndGoesOnInTheNextInvocation() {
		LambdaEngine engine = engine((context, input) -> {
			context.step("before", String.class, (step) -> log("before"));
			context.wait("pause", Duration.ofMinutes(5));
			return context.step("after", String.class, (step) -> log("after"));
		});
		assertStatus(invoke(engine), "PENDING");
		assertThat(this.service.operation("pause").status()).isEqualTo(OperationStatus.STARTED);
		this.time.advance(Duration.ofMinutes(5));
		assertResult(invoke(engine), "\"after\"");
		assertThat(this.log).containsExactly("before", "after");
	}

	@Test
	void stepThatFailsIsRetriedInALaterInvocationWithTheNextNumber() {
		LambdaEngine engine = engine((context, input) -> context.step("flaky", String.class, (step) -> {
			log("attempt " + step.attempt());
			if (step.attempt() < 3) {
				throw new IllegalStateException("not yet");
			}
			return "done";
		}));
		assertStatus(invoke(engine), "PENDING");
		this.time.advance(Duration.ofMinutes(1));
		assertStatus(invoke(engine), "PENDING");
		this.time.advance(Duration.ofMinutes(1));
		assertResult(invoke(engine), "\"done\"");
		assertThat(this.log).containsExactly("attempt 1", "attempt 2", "attempt 3");
	}

	@Test
	void functionThatThrowsAnswersFailedWithItsError() {
		JsonNode answer = invoke((context, input) -> {
			throw new IllegalArgumentException("no such order");
		});
		assertStatus(answer, "FAILED");
		JsonNode error = answer.path("Error");
		assertThat(error.path("ErrorType").asString()).isEqualTo("java.lang.IllegalArgumentException");
		assertThat(error.path("ErrorMessage").asString()).isEqualTo("no such order");
		assertThat(error.path("StackTrace").get(0).asString()).startsWith("dev.durable.lambda.LambdaEngineTests|");
	}

	@Test
	void callbackHasTheServicesIdAndItsResult() {
		LambdaEngine engine = engine((context, input) -> {
			DurableCallback<String> callback = context.createCallback("approval", String.class);
			log(callback.callbackId());
			return callback.get();
		});
		assertStatus(invoke(engine), "PENDING");
		Operation created = this.service.operation("approval");
		this.service.put(created.toBuilder()
			.status(OperationStatus.SUCCEEDED)
			.callbackDetails(CallbackDetails.builder().callbackId("callback-approval").result("\"yes\"").build())
			.build());
		assertResult(invoke(engine), "\"yes\"");
		assertThat(this.log).containsExactly("callback-approval", "callback-approval");
	}

	@Test
	void invokeNamesAnotherLambdaFunctionThatNobodyKnowsHere() {
		JsonNode answer = invoke((context, input) -> context
			.invokeAsync("pay", "arn:aws:lambda:eu-central-1:1:function:p:live", "order", TypeRef.of(String.class),
					TENANT)
			.get());
		assertStatus(answer, "PENDING");
		var update = this.service.calls().get(0).get(0);
		assertThat(update.chainedInvokeOptions().functionName())
			.isEqualTo("arn:aws:lambda:eu-central-1:1:function:p:live");
		assertThat(update.chainedInvokeOptions().tenantId()).isEqualTo("tenant-1");
		assertThat(update.payload()).isEqualTo("\"order\"");
	}

	@Test
	void codeThatAsksForAnotherStepThanRecordedFails() {
		invoke((context, input) -> {
			context.step("first", String.class, (step) -> "x");
			context.wait("pause", Duration.ofMinutes(5));
			return null;
		});
		JsonNode answer = invoke((context, input) -> context.step("other", String.class, (step) -> "x"));
		assertStatus(answer, "FAILED");
		assertThat(answer.path("Error").path("ErrorType").asString())
			.isEqualTo("dev.durable.NonDeterministicExecutionException");
		assertThat(answer.path("Error").path("ErrorMessage").asString()).startsWith(
				"Replay found another operation: the history holds Step 'first' but the code asked for Step 'other'.");
	}

	@Test
	void anyOfRecordsItsWinnerAndHasTheSameOneOnReplay() {
		LambdaEngine engine = engine((context, input) -> {
			List<DurableFuture<Void>> waits = List.of(context.waitAsync("slow", Duration.ofSeconds(20)),
					context.waitAsync("fast", Duration.ofSeconds(10)));
			log("winner " + waits.indexOf(context.anyOf("race", waits)));
			context.wait("longer", Duration.ofMinutes(1));
			return "done";
		});
		assertStatus(invoke(engine), "PENDING");
		this.time.advance(Duration.ofSeconds(10));
		assertStatus(invoke(engine), "PENDING");
		assertThat(this.service.operation("race-winner").stepDetails().result()).isEqualTo("1");
		this.time.advance(Duration.ofMinutes(2));
		assertResult(invoke(engine), "\"done\"");
		assertThat(this.log).containsExactly("winner 1", "winner 1");
	}

	@Test
	void engineWithDefaultsRunsInTheMachinesTime() {
		LambdaEngine engine = LambdaEngine.builder(() -> this.service, CODEC)
			.functions(() -> List.of(function("orders", String.class, Object.class, (context, input) -> {
				DurableFuture<String> aside = context.stepAsync("aside", String.class, (step) -> log("aside"));
				context.waitAsync("pause", Duration.ofDays(1));
				return aside.get();
			})))
			.build();
		assertResult(invoke(engine), "\"aside\"");
		assertThat(updates()).contains("START pause", "SUCCEED aside");
	}

	private String log(String entry) {
		this.log.add(entry);
		return entry;
	}

}
