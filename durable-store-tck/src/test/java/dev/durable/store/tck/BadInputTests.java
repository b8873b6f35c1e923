package dev.durable.store.tck;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import dev.durable.CallbackAlreadyCompletedException;
import dev.durable.CallbackNotFoundException;
import dev.durable.CallbackOptions;
import dev.durable.DurableCallback;
import dev.durable.DurableContext;
import dev.durable.ExecutionAlreadyStartedException;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionId;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.UnknownExecutionException;
import dev.durable.UnknownFunctionException;
import dev.durable.codec.PayloadCodecException;
import dev.durable.engine.FunctionBody;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What people get wrong, and what they are told. */
class BadInputTests {

	private final EngineFixture engine = new EngineFixture();

	private String failureOf(FunctionBody body) {
		this.engine.function("bad", body).start();
		ExecutionHandle<Object> handle = this.engine.run("bad", null);
		AtomicReference<String> message = new AtomicReference<>();
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> this.engine.result(handle))
			.satisfies((ex) -> message.set(ex.error().errorMessage()));
		return String.valueOf(message.get());
	}

	/** Jackson cannot write it, as it refers to itself. */
	static class Loop {

		public Loop getSelf() {
			return this;
		}

	}

	/** Jackson can write it, but finds no way to make one. */
	static class WriteOnly {

		private final int size;

		WriteOnly(int size, String ignored) {
			this.size = size + ignored.length();
		}

		public int getSize() {
			return this.size;
		}

	}

	@Test
	void resultThatCannotBeWrittenFailsTheStepWithoutRunningItAgain() {
		String message = failureOf((context, input) -> context.step("loop", Loop.class, (step) -> {
			this.engine.log.add("ran");
			return new Loop();
		}));
		assertThat(message)
			.startsWith("The result of Step 'loop' cannot be recorded. "
					+ "A value of type dev.durable.store.tck.BadInputTests$Loop cannot be written as JSON")
			.endsWith("Return a type that Jackson can write and read back, such as a record.");
		assertThat(this.engine.log).containsExactly("ran");
	}

	@Test
	void resultThatCannotBeReadBackFailsTheStepBeforeItIsRecorded() {
		String message = failureOf(
				(context, input) -> context.step("lost", WriteOnly.class, (step) -> new WriteOnly(1, "")));
		assertThat(message)
			.isEqualTo("The result of Step 'lost' cannot be read. A payload of 10 bytes cannot be read as "
					+ "dev.durable.store.tck.BadInputTests$WriteOnly (InvalidDefinitionException). "
					+ "The type must be readable by Jackson, and stay compatible with what it wrote before.");
	}

	@Test
	void argumentThatCannotBeWrittenIsRefusedAtTheStart() {
		this.engine.function("any", (context, input) -> null).start();
		assertThatExceptionOfType(PayloadCodecException.class)
			.isThrownBy(() -> this.engine.client().function("any").start(new Loop()))
			.withMessageStartingWith(
					"The input of function 'any' cannot be recorded. A value of type java.lang.Object");
	}

	@Test
	void payloadThatIsTooLargeFailsTheStepWithItsSize() {
		String message = failureOf(
				(context, input) -> context.step("huge", String.class, (step) -> "x".repeat(300_000)));
		assertThat(message).isEqualTo(
				"The result of Step 'huge' cannot be recorded: it has 300002 bytes and at most 300000 are allowed. "
						+ "Record a reference to the data instead, or raise 'durable.payload.max-size'.");
	}

	@Test
	void functionThatDoesNotExistIsNamedBesideThoseThatDo() {
		this.engine.function("known", (context, input) -> null).start();
		assertThatExceptionOfType(UnknownFunctionException.class)
			.isThrownBy(() -> this.engine.client().function("unknown"))
			.withMessage("No durable function is named 'unknown'; this application has [known]. "
					+ "Check the name, or add a @DurableFunction.");
	}

	@Test
	void invokedFunctionThatDoesNotExistIsNamedBesideThoseThatDo() {
		assertThat(failureOf((context, input) -> context.invoke(null, "nobody", null, String.class)))
			.isEqualTo("No durable function is named 'nobody'; this application has [bad]. "
					+ "Check the name, or add a @DurableFunction.");
	}

	@Test
	void executionThatDoesNotExistIsNamed() {
		this.engine.start();
		assertThatExceptionOfType(UnknownExecutionException.class)
			.isThrownBy(() -> this.engine.client().execution(new ExecutionId("nobody")).status())
			.withMessage("No execution has the id 'nobody'. "
					+ "Check the id; it may also have been removed after its retention.");
	}

	private String callback() {
		AtomicReference<String> id = new AtomicReference<>();
		this.engine.function("asks", (context, input) -> {
			DurableCallback<String> callback = context.createCallback("approval", String.class);
			id.set(callback.callbackId());
			return callback.get();
		}).start();
		this.engine.run("asks", null);
		return id.get();
	}

	@Test
	void callbackThatIsCompletedTwiceKeepsItsFirstOutcome() {
		String id = callback();
		this.engine.client().callbacks().succeed(id, "yes");
		assertThatExceptionOfType(CallbackAlreadyCompletedException.class)
			.isThrownBy(() -> this.engine.client().callbacks().succeed(id, "no"))
			.withMessage("The callback already ended SUCCEEDED, and a callback ends once. Nothing was changed.");
	}

	@Test
	void callbackIdThatIsGuessedFindsNothing() {
		String id = callback();
		String guessed = id.substring(0, id.length() - 2) + (id.endsWith("AA") ? "BA" : "AA");
		for (String wrong : new String[] { guessed, "", "not base64!", id.substring(4) }) {
			assertThatExceptionOfType(CallbackNotFoundException.class)
				.isThrownBy(() -> this.engine.client().callbacks().succeed(wrong, "yes"))
				.withMessage("No callback has this id. Pass the id exactly as createCallback returned it.");
		}
	}

	@Test
	void waitThatIsNegativeIsRefused() {
		assertThat(failureOf((context, input) -> {
			context.wait("back", Duration.ofSeconds(-1));
			return null;
		})).isEqualTo("'duration' of a wait must be more than zero and at most PT8784H (366 days) but was PT-1S");
	}

	@Test
	void timeoutThatIsNegativeIsRefused() {
		assertThat(failureOf((context, input) -> context.createCallback("c", String.class,
				CallbackOptions.defaults().withTimeout(Duration.ofSeconds(-5)))))
			.isEqualTo("'timeout' must be between zero (none) and PT27777H46M39S but was PT-5S");
	}

	@Test
	void operationNameThatIsTooLongIsRefused() {
		assertThat(failureOf((context, input) -> context.step("n".repeat(257), String.class, (step) -> "x")))
			.startsWith(
					"'name' of an operation must be 1 to 256 printable ASCII characters but has 257 characters: 'nnn");
	}

	@Test
	void durableCallInsideAStepIsRefused() {
		StepOptions once = StepOptions.defaults().withRetry(RetryStrategy.none());
		assertThat(failureOf((context, input) -> context.step("outer", String.class, once, (step) -> {
			context.wait("inner", Duration.ofSeconds(1));
			return "never";
		}))).isEqualTo("Durable call 'wait' inside Step 'outer': a step runs plain code only. "
				+ "Move the call out of the step, or make the step a child context (runInChildContext).");
	}

	@Test
	void mistakeInAStepIsNotRetried() {
		String message = failureOf((context, input) -> context.step("outer", String.class, (step) -> {
			this.engine.log.add("ran");
			context.wait("inner", Duration.ofSeconds(1));
			return "never";
		}));
		assertThat(message).startsWith("Durable call 'wait' inside Step 'outer'");
		assertThat(this.engine.log).containsExactly("ran");
	}

	@Test
	void durableCallOnTheParentInsideAChildContextIsRefused() {
		assertThat(failureOf((context, input) -> context.runInChildContext("child", String.class,
				(child) -> context.step("wrong", String.class, (step) -> "x"))))
			.startsWith("'step' was called on a context that is not current on this thread. ");
	}

	@Test
	void durableCallOnAForeignThreadIsRefused() throws InterruptedException {
		AtomicReference<Throwable> thrown = new AtomicReference<>();
		this.engine.function("foreign", (context, input) -> {
			Thread thread = new Thread(() -> callOn(context, thrown), "stranger");
			thread.start();
			thread.join();
			return null;
		}).start();
		this.engine.result(this.engine.run("foreign", null));
		assertThat(thrown.get()).isInstanceOf(IllegalStateException.class)
			.hasMessage("Durable call 'step' on thread 'stranger', which does not belong to this execution. "
					+ "Call it on the thread that the context was handed to; use the …Async methods to work side by side.");
	}

	private static void callOn(DurableContext context, AtomicReference<Throwable> thrown) {
		try {
			context.step("wrong", String.class, (step) -> "x");
		}
		catch (IllegalStateException ex) {
			thrown.set(ex);
		}
	}

	@Test
	void catchThrowableAroundAWaitCannotDoDurableWorkByAccident() {
		this.engine.function("greedy", (context, input) -> {
			try {
				context.wait("pause", Duration.ofMinutes(1));
				return "waited";
			}
			catch (Throwable ex) {
				try {
					context.step("compensate", String.class, (step) -> {
						this.engine.log.add("compensated");
						return "wrong";
					});
				}
				catch (Throwable again) {
					this.engine.log.add(again.getMessage());
				}
				return "swallowed";
			}
		}).start();
		ExecutionHandle<Object> handle = this.engine.run("greedy", null);
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(this.engine.result(handle)).isEqualTo("waited");
		assertThat(this.engine.log).containsExactly("Durable call 'step' after the invocation ended");
	}

	@Test
	void nameThatWasUsedWithAnotherInputIsRefused() {
		this.engine.function("once", (context, input) -> input).start();
		ExecutionHandle<Object> first = this.engine.client().function("once").named("order-1").start("a");
		ExecutionHandle<Object> same = this.engine.client().function("once").named("order-1").start("a");
		assertThat(same.id()).isEqualTo(first.id());
		assertThatExceptionOfType(ExecutionAlreadyStartedException.class)
			.isThrownBy(() -> this.engine.client().function("once").named("order-1").start("b"))
			.withMessage(("Function 'once' already has an execution named 'order-1' (id '%s') that was started with "
					+ "another input. Use another name, or the same input to attach to it.")
				.formatted(first.id()));
	}

	@Test
	void startFromTheCodeOfAnExecutionIsRefused() {
		assertThat(failureOf((context, input) -> this.engine.client().function("bad").start(null)))
			.isEqualTo("Function 'bad' was started from the code of an execution, which would start it again on every "
					+ "replay. Use DurableContext.invoke, or start it in a step.");
	}

	@Test
	void waitingForAnExecutionInsideAStepIsRefused() {
		StepOptions once = StepOptions.defaults().withRetry(RetryStrategy.none());
		assertThat(failureOf((context, input) -> context.step("waits", Object.class, once,
				(step) -> this.engine.client().execution(context.executionId()).result(Duration.ofSeconds(1)))))
			.startsWith("Waiting for execution '")
			.endsWith("Use DurableContext.invoke instead.");
	}

}
