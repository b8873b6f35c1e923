package dev.durable.lambda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.durable.BatchResult;
import dev.durable.ConditionOptions;
import dev.durable.DurableFuture;
import dev.durable.WaitDecision;
import dev.durable.engine.FunctionBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.model.Operation;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Any call may be lost: the execution ends with the same result and operations. */
class LostCallTests {

	private static final ConditionOptions<Integer> TWICE = ConditionOptions.of(0,
			(state, attempt) -> (state < 2) ? WaitDecision.continueAfter(Duration.ofSeconds(5)) : WaitDecision.stop());

	private static final FunctionBody PROGRAM = (context, input) -> {
		List<String> parts = new ArrayList<>();
		parts.add(context.step("first", String.class, (step) -> "1"));
		BatchResult<String> both = context.map("both", List.of("a", "b"), String.class, (child, item, index) -> {
			String before = child.step("before " + item, String.class, (step) -> item);
			child.wait("pause " + item, Duration.ofSeconds(1));
			return before + child.step("after " + item, String.class, (step) -> "!");
		});
		parts.addAll(both.results());
		parts.add(String.valueOf(context.waitForCondition("twice", Integer.class, TWICE, (state, step) -> state + 1)));
		parts.add(
				context
					.runInChildContext("large", String.class,
							(child) -> child.step("half", String.class, (step) -> "x".repeat(200_000))
									+ "y".repeat(100_000))
					.substring(199_998, 200_002));
		List<DurableFuture<Void>> waits = List.of(context.waitAsync("slow", Duration.ofSeconds(20)),
				context.waitAsync("fast", Duration.ofSeconds(3)));
		int winner = waits.indexOf(context.anyOf("race", waits));
		context.randomUUID();
		parts.add("winner " + winner);
		parts.add(context.step("flaky", String.class, (step) -> {
			if (step.attempt() == 1) {
				throw new IllegalStateException("again");
			}
			return "attempt " + step.attempt();
		}));
		return parts;
	};

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void executionEndsAsWithoutTheLoss(boolean obeyed) throws Exception {
		Run undisturbed = new Run();
		undisturbed.toTheEnd(0, obeyed);
		int calls = undisturbed.service.calls().size();
		assertThat(undisturbed.result).isEqualTo("[\"1\",\"a!\",\"b!\",\"2\",\"xxyy\",\"winner 1\",\"attempt 2\"]");
		for (int call = 1; call <= calls; call++) {
			Run disturbed = new Run();
			disturbed.toTheEnd(call, obeyed);
			assertThat(disturbed.result).as("call %d was lost", call).isEqualTo(undisturbed.result);
			assertThat(disturbed.ends()).as("call %d was lost", call).isEqualTo(undisturbed.ends());
		}
	}

	/** One execution on a service of its own. */
	private static final class Run extends EngineTest {

		private String result;

		void toTheEnd(int lostCall, boolean obeyed) throws InterruptedException {
			this.service.loseCall(lostCall, obeyed);
			LambdaEngine engine = engine(PROGRAM);
			for (int i = 0; this.result == null && i < 100; i++) {
				invokeOnce(engine);
				this.time.advance(Duration.ofSeconds(5));
			}
			nothingRunsOn();
		}

		private void invokeOnce(LambdaEngine engine) {
			try {
				JsonNode answer = invoke(engine);
				if (!"PENDING".equals(answer.path("Status").asString())) {
					this.result = answer.path("Result").asString();
				}
			}
			catch (LambdaInvocationException ex) {
				this.log.add("lost");
			}
		}

		/** How each named operation ended. */
		Map<String, String> ends() {
			return this.service.operations()
				.stream()
				.filter((operation) -> operation.name() != null)
				.collect(Collectors.toMap(Operation::name, Operation::statusAsString, (a, b) -> a + b, TreeMap::new));
		}

	}

}
