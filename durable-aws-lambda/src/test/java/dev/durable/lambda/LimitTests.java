package dev.durable.lambda;

import java.time.Duration;
import java.util.List;

import dev.durable.CallbackOptions;
import dev.durable.RetryDecision;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.TypeRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the service would refuse, and the quotas of an execution. */
class LimitTests extends EngineTest {

	private final LogLines logged = LogLines.of(Budget.class);

	@AfterEach
	void stopWatching() {
		this.logged.close();
	}

	private void allow(int operations, long bytes) {
		this.settings = this.settings.with(new LambdaSettings.Limits(operations, bytes, 262_144, 32_768, 6_291_406));
	}

	private static String message(JsonNode answer) {
		assertStatus(answer, "FAILED");
		return answer.path("Error").path("ErrorMessage").asString();
	}

	@Test
	void budgetCountsTheExecutionEachOperationAndEachAttempt() {
		allow(10, 104_857_600);
		LambdaEngine engine = engine((context, input) -> {
			context.step("flaky", String.class, (step) -> {
				if (step.attempt() < 3) {
					throw new IllegalStateException("again");
				}
				return "x";
			});
			context.runInChildContext("child", String.class,
					(child) -> child.step("inner", String.class, (step) -> "y"));
			context.createCallback("callback", String.class);
			assertThat(this.logged.lines()).isEmpty();
			context.step("the eighth", String.class, (step) -> "z");
			assertThat(this.logged.lines()).containsExactly("WARN Execution '" + FakeService.ARN
					+ "' has used 8 operations of the 10 that Lambda allows, after which it fails");
			context.step("the ninth", String.class, (step) -> "z");
			context.step("the tenth", String.class, (step) -> "z");
			return context.step("one too many", String.class, (step) -> "z");
		});
		assertStatus(invoke(engine), "PENDING");
		this.time.advance(Duration.ofMinutes(1));
		assertStatus(invoke(engine), "PENDING");
		this.time.advance(Duration.ofMinutes(1));
		assertThat(message(invoke(engine))).isEqualTo("Step 'one too many' exceeds what Lambda allows execution '"
				+ FakeService.ARN + "': it would have 11 operations and at most 10 are allowed. "
				+ "Move parts of the work into functions of their own and invoke them, or record less.");
		assertThat(this.logged.lines()).as("warned once").hasSize(1);
	}

	@Test
	void operationBeyondTheBudgetIsNotSentAndCannotBeCaught() {
		allow(2, 104_857_600);
		JsonNode answer = invoke((context, input) -> {
			context.step("allowed", String.class, (step) -> "x");
			try {
				return context.step("too many", String.class, (step) -> "y");
			}
			catch (Throwable ex) {
				return "caught";
			}
		});
		assertStatus(answer, "FAILED");
		assertThat(answer.path("Error").path("ErrorType").asString())
			.isEqualTo(LambdaLimitExceededException.class.getName());
		assertThat(updates()).containsExactly("START allowed", "SUCCEED allowed");
	}

	@Test
	void budgetCountsBytesFromWhatEarlierInvocationsRecorded() {
		allow(3_000, 2_048);
		LambdaEngine engine = engine((context, input) -> {
			context.step("first", String.class, (step) -> "x".repeat(998));
			context.wait("pause", Duration.ofMinutes(1));
			context.step("second", String.class, (step) -> "x".repeat(998));
			return context.step("third", String.class, (step) -> "x".repeat(98));
		});
		assertStatus(invoke(engine), "PENDING");
		this.time.advance(Duration.ofMinutes(1));
		assertThat(message(invoke(engine))).startsWith("Step 'third' exceeds what Lambda allows execution '"
				+ FakeService.ARN + "': it would have 2107 recorded bytes and at most 2048 are allowed.");
	}

	@Test
	void resultOfAStepBeyondTheLimitFailsTheStepAndSaysWhatToDo() {
		assertThat(
				message(invoke((context, input) -> context.step("large", String.class, (step) -> "x".repeat(262_143)))))
			.isEqualTo(
					"The result of Step 'large' cannot be recorded: it has 262145 bytes and at most 262144 are allowed. "
							+ "Record a reference to the data instead, or let large results be offloaded "
							+ "('durable.payload.offload'): Lambda allows no more.");
		assertThat(updates()).containsExactly("START large", "FAIL large");
	}

	@Test
	void resultOfAStepAtTheLimitIsRecorded() {
		assertStatus(invoke((context, input) -> context.step("large", String.class, (step) -> "x".repeat(262_142))),
				"SUCCEEDED");
	}

	@Test
	void resultOfAChildContextBeyondTheLimitIsRebuiltFromItsChildren() {
		LambdaEngine engine = engine((context, input) -> {
			String large = context.runInChildContext("child", String.class,
					(child) -> child.step("half", String.class, (step) -> {
						this.log.add("half");
						return "x".repeat(200_000);
					}) + "y".repeat(200_000));
			context.wait("pause", Duration.ofMinutes(1));
			return large.length();
		});
		assertStatus(invoke(engine), "PENDING");
		assertThat(this.service.operation("child").contextDetails().replayChildren()).isTrue();
		assertThat(this.service.operation("child").contextDetails().result()).isNull();
		this.time.advance(Duration.ofMinutes(1));
		assertResult(invoke(engine), "400000");
		assertThat(this.log).containsExactly("half");
	}

	@Test
	void inputOfAnInvokeBeyondTheLimitIsRefused() {
		assertThat(message(
				invoke((context, input) -> context.invoke("pay", "payments", "x".repeat(262_143), String.class))))
			.isEqualTo(
					"The input of ChainedInvoke 'pay' cannot be recorded: it has 262145 bytes and at most 262144 are "
							+ "allowed. Record a reference to the data instead, or let large results be offloaded "
							+ "('durable.payload.offload'): Lambda allows no more.");
	}

	@Test
	void nameOfAnInvokedFunctionThatIsTooLongIsRefused() {
		assertThat(message(invoke((context, input) -> context.invoke("pay", "f".repeat(171), "x", String.class))))
			.isEqualTo("'function' of ChainedInvoke 'pay' must have 1 to 170 characters but has 171");
	}

	@Test
	void delayOfARetryThatIsTooLongIsRefused() {
		RetryStrategy slow = (error, attempt) -> RetryDecision.retryAfter(Duration.ofDays(400));
		assertThat(message(invoke((context, input) -> context.step("step", TypeRef.of(String.class),
				StepOptions.defaults().withRetry(slow), (step) -> {
					throw new IllegalStateException("again");
				}))))
			.isEqualTo("'delay' of Step 'step' must not be negative and at most 31622400 seconds but was PT9600H");
	}

	@Test
	void timesOfLessThanASecondAreRoundedUp() {
		invoke((context, input) -> {
			context.waitAsync("wait", Duration.ofMillis(10));
			context.createCallback("callback", TypeRef.of(String.class),
					CallbackOptions.defaults().withTimeout(Duration.ofMillis(1500)));
			context.wait("end", Duration.ofDays(1));
			return null;
		});
		var sent = this.service.calls().stream().flatMap(List::stream).toList();
		assertThat(sent).extracting((update) -> update.name()).containsExactly("wait", "callback", "end");
		assertThat(sent.get(0).waitOptions().waitSeconds()).isEqualTo(1);
		assertThat(sent.get(1).callbackOptions().timeoutSeconds()).isEqualTo(2);
		assertThat(sent.get(1).callbackOptions().heartbeatTimeoutSeconds()).isZero();
	}

}
