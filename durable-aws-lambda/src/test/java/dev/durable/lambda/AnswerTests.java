package dev.durable.lambda;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is answered, and what is durable before. */
class AnswerTests extends EngineTest {

	private final LogLines logged = LogLines.of(LambdaInvocation.class);

	@AfterEach
	void stopWatching() {
		this.logged.close();
	}

	@Test
	void pendingIsAnsweredOnlyWhenTheWaitIsDurable() throws Exception {
		FakeService.Hold hold = this.service.holdNext();
		CompletableFuture<JsonNode> answer = invokeAside((context, input) -> {
			context.wait("pause", Duration.ofMinutes(5));
			return null;
		});
		hold.awaitCall();
		assertThat(answer).isNotDone();
		hold.release();
		assertThat(within(answer)).isEqualTo(MAPPER.readTree("{\"Status\":\"PENDING\"}"));
		assertThat(this.service.operation("pause").status()).isEqualTo(OperationStatus.STARTED);
	}

	@Test
	void valueThatNobodyWaitedForIsDurableBeforeTheResultIsAnswered() {
		this.settings = this.settings.with(new LambdaSettings.Checkpoints(200, 768_000, Duration.ofHours(1)));
		assertStatus(invoke((context, input) -> context.randomUUID().toString()), "SUCCEEDED");
		assertThat(sent()).containsExactly(List.of("START randomUUID", "SUCCEED randomUUID"));
	}

	@Test
	void resultThatDoesNotFitIntoTheAnswerIsRecordedAndTheAnswerEmpty() {
		this.settings = this.settings.with(new LambdaSettings.Limits(3_000, 104_857_600, 262_144, 32_768, 2_048));
		JsonNode answer = invoke((context, input) -> {
			context.step("first", String.class, (step) -> "x");
			return "y".repeat(3_000);
		});
		assertThat(answer).isEqualTo(MAPPER.readTree("{\"Status\":\"SUCCEEDED\",\"Result\":\"\"}"));
		List<OperationUpdate> last = this.service.calls().get(this.service.calls().size() - 1);
		assertThat(last).singleElement().satisfies((update) -> {
			assertThat(update.type()).isEqualTo(OperationType.EXECUTION);
			assertThat(update.id()).isEqualTo(FakeService.ID);
			assertThat(update.actionAsString()).isEqualTo("SUCCEED");
			assertThat(update.payload()).hasSize(3_002);
		});
	}

	@Test
	void resultBelowTheLimitOfTheAnswerIsLargerThanThatOfAnOperation() {
		JsonNode answer = invoke((context, input) -> "y".repeat(300_000));
		assertThat(answer.path("Result").asString()).hasSize(300_002);
		assertThat(this.service.calls()).isEmpty();
	}

	@Test
	void resultThatNothingCanHoldFails() {
		JsonNode answer = invoke((context, input) -> "y".repeat(6_291_456));
		assertStatus(answer, "FAILED");
		assertThat(answer.path("Error").path("ErrorMessage").asString()).isEqualTo(
				"The result of function 'orders:1' cannot be recorded: it has 6291458 bytes and at most 6291456 are "
						+ "allowed. Record a reference to the data instead, or split it: Lambda allows no more.");
	}

	@Test
	void timeThatIsUpLetsTheRunningStepFinishAndBeginsNoOther() throws Exception {
		this.remaining = Duration.ofSeconds(2);
		StepInHand step = new StepInHand();
		CompletableFuture<JsonNode> answer = invokeAside((context, input) -> {
			context.step("running", String.class, (any) -> step.run());
			return context.step("next", String.class, (any) -> "never");
		});
		step.awaitBegun();
		this.time.advance(Duration.ofMillis(1500));
		this.logged.await("The time of the invocation is nearly over");
		step.release();
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOf(LambdaInvocationException.class)
			.withMessageContaining("its time was nearly over");
		assertThat(updates()).containsExactly("START running", "SUCCEED running");
	}

	@Test
	void marginWhenItIsLongerThanTheInvocationTakesAQuarterOfIt() throws Exception {
		this.remaining = Duration.ofSeconds(2);
		this.settings = this.settings
			.with(new LambdaSettings.Invocations(Duration.ofMinutes(1), Duration.ofSeconds(10), 10, 10, false));
		StepInHand step = new StepInHand();
		CompletableFuture<JsonNode> answer = invokeAside((context, input) -> {
			context.step("running", String.class, (any) -> step.run());
			return context.step("next", String.class, (any) -> "in time");
		});
		step.awaitBegun();
		this.time.advance(Duration.ofMillis(1499));
		step.release();
		assertStatus(within(answer), "SUCCEEDED");
	}

	@Test
	void timeThatIsUpIsAnsweredWithPendingIfSomethingIsDueSoon() throws Exception {
		this.remaining = Duration.ofSeconds(2);
		StepInHand step = new StepInHand();
		CompletableFuture<JsonNode> answer = invokeAside((context, input) -> {
			context.waitAsync("soon", Duration.ofSeconds(5));
			context.step("running", String.class, (any) -> step.run());
			return context.step("next", String.class, (any) -> "never");
		});
		step.awaitBegun();
		this.time.advance(Duration.ofMillis(1500));
		this.logged.await("The time of the invocation is nearly over");
		step.release();
		assertStatus(within(answer), "PENDING");
		assertThat(this.service.operation("running").status()).isEqualTo(OperationStatus.SUCCEEDED);
	}

	@Test
	void timeThatIsUpIsNotAnsweredWithPendingIfOnlyALongWaitIsThere() throws Exception {
		this.remaining = Duration.ofSeconds(2);
		StepInHand step = new StepInHand();
		CompletableFuture<JsonNode> answer = invokeAside((context, input) -> {
			context.waitAsync("long", Duration.ofDays(30));
			context.step("running", String.class, (any) -> step.run());
			return context.step("next", String.class, (any) -> "never");
		});
		step.awaitBegun();
		this.time.advance(Duration.ofMillis(1500));
		this.logged.await("The time of the invocation is nearly over");
		step.release();
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(LambdaInvocationException.class);
	}

}
