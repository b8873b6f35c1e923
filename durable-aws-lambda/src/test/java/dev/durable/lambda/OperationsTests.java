package dev.durable.lambda;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.durable.BatchOptions;
import dev.durable.BatchResult;
import dev.durable.CompletionConfig;
import dev.durable.ConditionOptions;
import dev.durable.StepOptions;
import dev.durable.StepSemantics;
import dev.durable.TypeRef;
import dev.durable.WaitDecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.model.CallbackDetails;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationType;

import static org.assertj.core.api.Assertions.assertThat;

/** Each kind of operation against a service that refuses what the protocol forbids. */
class OperationsTests extends EngineTest {

	private static final BatchOptions ALL = BatchOptions.defaults();

	@Test
	void mapRunsItsBranchesSideBySideAcrossInvocations() {
		List<Integer> items = IntStream.range(0, 40).boxed().toList();
		LambdaEngine engine = engine((context, input) -> {
			BatchResult<Integer> squares = context.map("squares", items, TypeRef.of(Integer.class), ALL,
					(child, item, index) -> {
						int square = child.step("square", Integer.class, (step) -> item * item);
						child.wait("pause", Duration.ofSeconds(1 + item % 3));
						return child.step("add", Integer.class, (step) -> square + 1);
					});
			return squares.results().stream().mapToInt(Integer::intValue).sum();
		});
		assertStatus(invoke(engine), "PENDING");
		this.time.advance(Duration.ofSeconds(1));
		assertStatus(invoke(engine), "PENDING");
		this.time.advance(Duration.ofSeconds(2));
		int sum = items.stream().mapToInt((item) -> item * item + 1).sum();
		assertResult(invoke(engine), String.valueOf(sum));
		assertThat(this.service.operations()).filteredOn((operation) -> operation.type() == OperationType.STEP)
			.hasSize(80)
			.allMatch((operation) -> operation.stepDetails().attempt() == 1);
	}

	@Test
	void parallelThatEndsEarlyLeavesTheOthersStarted() {
		LambdaEngine engine = engine((context, input) -> {
			BatchResult<String> first = context.map("race", List.of("fast", "slow"), TypeRef.of(String.class),
					BatchOptions.builder().completion(CompletionConfig.minSuccessful(1)).build(),
					(child, item, index) -> {
						if (item.equals("slow")) {
							child.wait("long", Duration.ofDays(1));
						}
						return child.step("step " + item, String.class, (step) -> item);
					});
			context.wait("pause", Duration.ofMinutes(1));
			return first.completionReason();
		});
		assertStatus(invoke(engine), "PENDING");
		this.time.advance(Duration.ofMinutes(1));
		assertResult(invoke(engine), "\"MIN_SUCCESSFUL_REACHED\"");
	}

	@Test
	void conditionHandsItsStateFromCheckToCheck() {
		ConditionOptions<Integer> options = ConditionOptions.of(0, (state, attempt) -> (state < 3)
				? WaitDecision.continueAfter(Duration.ofSeconds(10)) : WaitDecision.stop());
		LambdaEngine engine = engine((context, input) -> context.waitForCondition("ready", TypeRef.of(Integer.class),
				options, (state, step) -> state + 1));
		assertStatus(invoke(engine), "PENDING");
		assertThat(this.service.operation("ready").stepDetails().result()).isEqualTo("1");
		this.time.advance(Duration.ofSeconds(10));
		assertStatus(invoke(engine), "PENDING");
		this.time.advance(Duration.ofSeconds(10));
		assertResult(invoke(engine), "3");
	}

	@Test
	void waitForCallbackSubmitsTheIdOnce() {
		LambdaEngine engine = engine((context, input) -> context.waitForCallback("approval", String.class,
				(callbackId, step) -> this.log.add(callbackId)));
		assertStatus(invoke(engine), "PENDING");
		Operation callback = this.service.operation("approval-callback");
		this.service.put(callback.toBuilder()
			.status(OperationStatus.SUCCEEDED)
			.callbackDetails(
					CallbackDetails.builder().callbackId("callback-approval-callback").result("\"yes\"").build())
			.build());
		assertResult(invoke(engine), "\"yes\"");
		assertThat(this.log).containsExactly("callback-approval-callback");
	}

	@Test
	void stepThatMustNotRunTwiceBeginsOnlyWhenItsStartIsDurable() {
		StepOptions atMostOnce = StepOptions.defaults().withSemantics(StepSemantics.AT_MOST_ONCE_PER_RETRY);
		invoke((context, input) -> context.step("pay", TypeRef.of(String.class), atMostOnce, (step) -> {
			this.log.add(this.service.operation("pay").statusAsString());
			return "paid";
		}));
		assertThat(this.log).containsExactly("STARTED");
	}

	@Test
	void stepThatWasCutOffIsMadeAgainWithTheSameNumberAndWithoutAnotherStart() {
		LambdaEngine engine = engine((context, input) -> context.step("work", String.class, (step) -> {
			this.log.add("attempt " + step.attempt());
			return "done";
		}));
		Operation cutOff = cutOff(engine);
		assertThat(cutOff.stepDetails().attempt()).isZero();
		assertResult(invoke(engine), "\"done\"");
		assertThat(this.log).containsExactly("attempt 1", "attempt 1");
		assertThat(updates()).containsExactly("START work", "SUCCEED work", "SUCCEED work");
	}

	/** Let the service forget that the step has ended. */
	private Operation cutOff(LambdaEngine engine) {
		invoke(engine);
		Operation ended = this.service.operation("work");
		Operation started = ended.toBuilder()
			.status(OperationStatus.STARTED)
			.endTimestamp(null)
			.stepDetails(ended.stepDetails().toBuilder().attempt(0).result(null).build())
			.build();
		this.service.put(started);
		return started;
	}

	@ParameterizedTest
	@CsvSource({ "ship, arn:aws:lambda:eu-west-1:123456789012:function:shipping:2", "orders, orders:live",
			"mailer, mailer", "mailer:prod, mailer:prod",
			"arn:aws:lambda:eu-west-1:1:function:f, arn:aws:lambda:eu-west-1:1:function:f" })
	void invokedFunctionIsTheOneThatRunsTheDurableFunction(String name, String lambdaFunction) {
		this.customizer = (builder) -> builder.targets(
				new LambdaTargets(Map.of("ship", "arn:aws:lambda:eu-west-1:123456789012:function:shipping:2"), "live"));
		assertInvokes(name, lambdaFunction);
	}

	@Test
	void invokedFunctionWithoutTargetsIsTheOneOfThatName() {
		assertInvokes("orders", "orders");
	}

	private void assertInvokes(String name, String lambdaFunction) {
		assertStatus(invoke((context, input) -> context.invoke("call", name, "x", String.class)), "PENDING");
		assertThat(this.service.calls().get(0).get(0).chainedInvokeOptions().functionName()).isEqualTo(lambdaFunction);
	}

}
