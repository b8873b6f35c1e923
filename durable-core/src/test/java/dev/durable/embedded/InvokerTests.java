package dev.durable.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.durable.ErrorObject;
import dev.durable.EventType;
import dev.durable.ExecutionFailedException;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionStatus;
import dev.durable.FunctionVersion;
import dev.durable.HistoryEvent;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationStatus;
import dev.durable.OperationSubType;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.codec.Payload;
import dev.durable.engine.FunctionDefinition;
import dev.durable.engine.InvocationOutcome;
import dev.durable.journal.JournalLostException;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** An engine whose functions run elsewhere. */
class InvokerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final FunctionDefinition FUNCTION = new FunctionDefinition(new FunctionVersion("order", "1"),
			String.class, String.class, null, (context, input) -> {
				throw new IllegalStateException("The function runs elsewhere");
			});

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

	private final MemoryCheckpointStore store = new MemoryCheckpointStore(this.now::get);

	private final List<Invoker.Call> calls = Collections.synchronizedList(new ArrayList<>());

	private final List<OperationState> changes = Collections.synchronizedList(new ArrayList<>());

	private final AtomicReference<Function<Invoker.Call, InvocationOutcome>> code = new AtomicReference<>();

	private final EmbeddedEngine engine = EmbeddedEngine.builder(this.store, this.store, new JacksonPayloadCodec())
		.functions(() -> List.of(FUNCTION))
		.invoker(new Elsewhere())
		.build();

	@AfterEach
	void stop() {
		this.engine.stop();
	}

	@Test
	void functionWhenItRunsElsewhereRecordsThroughTheCall() {
		ExecutionHandle<String> handle = start((call) -> {
			OperationRef step = step("a");
			call.recorder()
				.enqueue(List.of(OperationUpdate.start(step, UpdateOptions.NONE),
						OperationUpdate.succeed(step, Payload.ofText("1"), UpdateOptions.NONE)));
			call.recorder().flush().toCompletableFuture().join();
			return new InvocationOutcome.Succeeded(Payload.ofText("\"done\""));
		});
		assertThat(handle.result(PATIENCE)).isEqualTo("done");
		assertThat(this.changes).extracting(OperationState::status)
			.containsExactly(OperationStatus.STARTED, OperationStatus.SUCCEEDED);
		assertThat(handle.history()).extracting(HistoryEvent::type)
			.containsExactly(EventType.EXECUTION_STARTED, EventType.STEP_STARTED, EventType.STEP_SUCCEEDED,
					EventType.INVOCATION_COMPLETED, EventType.EXECUTION_SUCCEEDED);
		assertThat(this.calls).singleElement().satisfies((call) -> {
			assertThat(call.execution()).isEqualTo(handle.id());
			assertThat(call.function()).isEqualTo(FUNCTION);
			assertThat(call.facts().first()).isTrue();
			assertThat(call.failures()).isZero();
		});
	}

	@Test
	void invocationWhenItCrashesIsRepeatedAsTheInvokerSays() {
		Payload error = Payload.ofText("{\"errorType\":\"Down\",\"stackTrace\":[]}");
		ExecutionHandle<String> handle = start((call) -> (call.failures() < 3)
				? new InvocationOutcome.Crashed(new IllegalStateException("down"), error)
				: new InvocationOutcome.Succeeded(Payload.ofText("\"done\"")));
		assertThat(handle.result(PATIENCE)).isEqualTo("done");
		assertThat(this.calls).extracting(Invoker.Call::failures).containsExactly(0, 1, 2, 3);
	}

	@Test
	void settleWhenAWaitIsDueRecordsItsEnd() {
		ExecutionHandle<String> handle = start((call) -> {
			call.recorder()
				.enqueue(List.of(OperationUpdate.start(operation("w", OperationSubType.WAIT),
						new UpdateOptions.WaitFor(Duration.ofDays(2)))));
			call.recorder().flush().toCompletableFuture().join();
			call.settle().run();
			int early = this.changes.size();
			this.now.set(Instant.EPOCH.plus(Duration.ofDays(2)));
			call.settle().run();
			return new InvocationOutcome.Succeeded(Payload.ofText("\"" + early + this.changes.size() + "\""));
		});
		assertThat(handle.result(PATIENCE)).isEqualTo("12");
		assertThat(this.changes.get(1).status()).isEqualTo(OperationStatus.SUCCEEDED);
	}

	@Test
	void invokeWhenThereIsNothingToInvokeMayFailAtOnce() {
		Payload error = Payload.ofText("{\"errorType\":\"Missing\",\"stackTrace\":[]}");
		ExecutionHandle<String> handle = start((call) -> {
			call.recorder()
				.enqueue(List.of(OperationUpdate.fail(operation("i", OperationSubType.CHAINED_INVOKE), error)));
			call.recorder().flush().toCompletableFuture().join();
			return new InvocationOutcome.Succeeded(Payload.ofText("\"done\""));
		});
		handle.result(PATIENCE);
		assertThat(this.changes).singleElement().satisfies((state) -> {
			assertThat(state.status()).isEqualTo(OperationStatus.FAILED);
			assertThat(state.error()).isEqualTo(error);
		});
		assertThat(handle.history()).extracting(HistoryEvent::type).contains(EventType.CHAINED_INVOKE_FAILED);
	}

	@Test
	void executionWhenItIsStoppedWithAnErrorHasIt() {
		ExecutionHandle<String> handle = start((call) -> {
			this.engine.stopExecution(call.execution(), new ErrorObject("Operator", "enough", "7", List.of("a")));
			return new InvocationOutcome.Succeeded(Payload.ofText("\"done\""));
		});
		assertThatExceptionOfType(ExecutionFailedException.class).isThrownBy(() -> handle.result(PATIENCE))
			.satisfies((ex) -> {
				assertThat(ex.status()).isEqualTo(ExecutionStatus.STOPPED);
				assertThat(ex.error()).isEqualTo(new ErrorObject("Operator", "enough", "7", List.of("a")));
			});
		assertThat(this.engine.stopExecution(handle.id(), ErrorObject.of("Late", null))).isFalse();
	}

	private ExecutionHandle<String> start(Function<Invoker.Call, InvocationOutcome> code) {
		this.code.set(code);
		this.engine.start();
		return this.engine.client().function("order").start("in", String.class);
	}

	private static OperationRef step(String id) {
		return operation(id, OperationSubType.STEP);
	}

	private static OperationRef operation(String id, OperationSubType subType) {
		return new OperationRef(new OperationId(id), null, null, subType);
	}

	/** Runs what a test gives it. */
	private final class Elsewhere implements Invoker {

		@Override
		public Running prepare(Call call) {
			InvokerTests.this.calls.add(call);
			call.recorder().onChange(InvokerTests.this.changes::add);
			return new RunningElsewhere(() -> InvokerTests.this.code.get().apply(call));
		}

		@Override
		public Duration retryAfter(int failures) {
			return Duration.ZERO;
		}

	}

	/** An invocation of a test. */
	private record RunningElsewhere(Supplier<InvocationOutcome> code) implements Invoker.Running {

		@Override
		public InvocationOutcome run(@Nullable Payload input) {
			assertThat(input).isEqualTo(Payload.ofText("\"in\""));
			return this.code.get();
		}

		@Override
		public boolean isResumable() {
			return false;
		}

		@Override
		public void drain() {
		}

		@Override
		public void lost(JournalLostException cause) {
		}

		@Override
		public void tellEnd(InvocationOutcome outcome) {
		}

	}

}
