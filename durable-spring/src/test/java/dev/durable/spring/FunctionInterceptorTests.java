package dev.durable.spring;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.durable.DurableClient;
import dev.durable.DurableFunction;
import dev.durable.DurableFuture;
import dev.durable.DurableStep;
import dev.durable.ErrorObject;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.engine.FunctionDefinition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Calls of durable functions, and what the engine gets to run. */
class FunctionInterceptorTests {

	private final FakeExecution execution = new FakeExecution();

	private final FakeClient client = new FakeClient();

	private final AnnotationConfigApplicationContext context = TestContexts.of(this.execution, (setup) -> {
		setup.registerBean(DurableClient.class, () -> this.client.client());
		setup.registerBean(DurableSpringSettings.class,
				() -> new DurableSpringSettings(SelfCalls.FAIL, Duration.ofSeconds(5), Runnable::run));
		setup.register(Flow.class);
	});

	private final Flow flow = this.context.getBean(Flow.class);

	@BeforeEach
	void clear() {
		CallLog.drain();
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void callFromOutsideStartsAnExecutionAndWaits() throws Exception {
		this.client.result("done");
		assertThat(this.flow.run("a", 2)).isEqualTo("done");
		assertThat(CallLog.drain()).containsExactly("start:Flow-run:null:[a, 2]", "result:PT5S");
	}

	@Test
	void idempotencyKeyNamesTheExecution() {
		this.client.result("done");
		this.flow.keyed(new Order("42"));
		assertThat(CallLog.drain()).containsExactly("start:keyed:order-42:Order[id=42]", "result:PT5S");
	}

	@Test
	void idempotencyKeyThatIsNullIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.flow.keyed(new Order(null)))
			.withMessage(
					"The idempotency key '#order.id != null ? 'order-' + #order.id : null' of FunctionInterceptorTests.Flow.keyed(Order) must name the execution but was null for these arguments");
	}

	@Test
	void declaredExceptionOfTheFunctionIsThrownToTheCaller() {
		this.client.result(failed(new IOException("disk")));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.flow.run("a", 2)).withMessage("disk");
	}

	@Test
	void uncheckedExceptionOfTheFunctionIsThrownToTheCaller() {
		this.client.result(failed(new IllegalArgumentException("odd")));
		assertThatIllegalArgumentException().isThrownBy(() -> this.flow.keyed(new Order("1"))).withMessage("odd");
	}

	@Test
	void undeclaredCheckedExceptionStaysWrapped() {
		this.client.result(failed(new IOException("disk")));
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> this.flow.keyed(new Order("1")));
	}

	@Test
	void callThatReturnsADurableFutureDoesNotWait() {
		this.client.result("later");
		DurableFuture<String> future = this.flow.future();
		assertThat(CallLog.drain()).containsExactly("start:Flow-future:null:null");
		assertThat(future.get()).isEqualTo("later");
	}

	@Test
	void callThatReturnsACompletableFutureCompletesIt() {
		this.client.result("later");
		assertThat(this.flow.completable()).isCompletedWithValue("later");
		this.client.result(failed(new IllegalStateException("broken")));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.flow.completable().join())
			.havingCause()
			.withMessage("broken");
	}

	@Test
	void callInsideAnExecutionIsAChainedInvoke() throws Exception {
		this.execution.recorded("Flow-run", "chained");
		assertThat(this.execution.run(() -> this.flow.run("a", 2))).isEqualTo("chained");
		assertThat(CallLog.drain()).containsExactly("I:run:Flow-run:[a, 2]");
		assertThat(this.execution.type("Flow-run").type()).isEqualTo(String.class);
	}

	@Test
	void callOnThisInsideAnExecutionIsAChainedInvoke() throws Exception {
		this.execution.recorded("Flow-run", "chained");
		assertThat(this.execution.run(this.flow::outer)).isEqualTo("chained");
		assertThat(CallLog.drain()).containsExactly("I:run:Flow-run:[b, 3]");
	}

	@Test
	void futuresInsideAnExecutionAreThoseOfTheInvoke() throws Exception {
		this.execution.recorded("Flow-future", "chained").recorded("Flow-completable", "complete");
		assertThat(this.execution.run(() -> this.flow.future().get())).isEqualTo("chained");
		assertThat(this.execution.run(this.flow::completable)).isCompletedWithValue("complete");
	}

	@Test
	void callInsideAStepIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> this.execution.run(this.flow::step))
			.withMessage(
					"Durable function 'Flow-future' (FunctionInterceptorTests.Flow.future()) was called inside a step, where it cannot be recorded. "
							+ "Call it from the function itself, before or after the step; or start it independently with DurableClient.function(\"Flow-future\").start(input).");
	}

	@Test
	void engineEntersTheBodyWithoutAnotherExecution() throws Exception {
		Object result = this.execution.run(() -> definition("Flow-run").body().run(context(), new Object[] { "a", 2 }));
		assertThat(result).isEqualTo("aa");
		assertThat(CallLog.drain()).containsExactly("body", "D:twice", "R", "/D:twice");
	}

	@Test
	void engineSeesTheFunctionsOwnExceptions() {
		assertThatExceptionOfType(IOException.class).isThrownBy(
				() -> this.execution.run(() -> definition("Flow-run").body().run(context(), new Object[] { "a", 0 })))
			.withMessage("none");
	}

	@Test
	void engineGetsTheResultOutOfFutures() throws Exception {
		assertThat(this.execution.run(() -> definition("Flow-completable").body().run(context(), null)))
			.isEqualTo("body");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.execution.run(() -> definition("Flow-incomplete").body().run(context(), null)))
			.withMessageStartingWith(
					"FunctionInterceptorTests.Flow.incomplete() returned a CompletableFuture that is not complete.");
	}

	@Test
	void definitionsKnowTypesAndTimeouts() {
		FunctionDefinition keyed = definition("keyed");
		assertThat(keyed.inputType()).isEqualTo(Order.class);
		assertThat(keyed.resultType()).isEqualTo(Void.class);
		assertThat(keyed.executionTimeout()).isEqualTo(Duration.ofHours(2));
		assertThat(keyed.retention()).isEqualTo(Duration.ofDays(90));
		assertThat(definition("Flow-run").executionTimeout()).isNull();
		assertThat(definition("Flow-run").retention()).isNull();
		assertThat(definition("Flow-completable").resultType()).isEqualTo(String.class);
	}

	private FunctionDefinition definition(String name) {
		return this.context.getBean(DurableFunctions.class)
			.get()
			.stream()
			.filter((definition) -> definition.id().name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private dev.durable.DurableContext context() {
		return this.context.getBean(dev.durable.DurableContext.class);
	}

	private static ExecutionFailedException failed(Throwable cause) {
		return new ExecutionFailedException(new ExecutionId("1"), ExecutionStatus.FAILED,
				new ErrorObject(cause.getClass().getName(), cause.getMessage(), null, List.of()), cause);
	}

	record Order(@Nullable String id) {

	}

	static class Flow {

		String outer() throws IOException {
			return run("b", 3);
		}

		@DurableFunction
		String run(String text, int times) throws IOException {
			CallLog.add("body");
			if (times == 0) {
				throw new IOException("none");
			}
			return twice(text);
		}

		@DurableStep
		String twice(String text) {
			return text + text;
		}

		@DurableFunction(name = "keyed", idempotencyKey = "#order.id != null ? 'order-' + #order.id : null",
				executionTimeout = "2h", retention = "90d")
		void keyed(Order order) {
		}

		@DurableFunction
		DurableFuture<String> future() {
			throw new UnsupportedOperationException();
		}

		@DurableFunction
		CompletableFuture<String> completable() {
			return CompletableFuture.completedFuture("body");
		}

		@DurableFunction
		CompletableFuture<String> incomplete() {
			return new CompletableFuture<>();
		}

		@DurableStep
		String step() {
			return future().get();
		}

	}

}
