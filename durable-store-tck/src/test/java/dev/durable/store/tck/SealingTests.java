package dev.durable.store.tck;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.durable.DurableCallback;
import dev.durable.EventType;
import dev.durable.ExecutionHandle;
import dev.durable.ExecutionId;
import dev.durable.ExecutionQuery;
import dev.durable.ExecutionStatus;
import dev.durable.ExecutionSummary;
import dev.durable.HistoryEvent;
import dev.durable.InvokeFailedException;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadSealedException;
import dev.durable.observe.DurableListener;
import dev.durable.observe.OperationInfo;
import dev.durable.payload.EncryptionKey;
import dev.durable.payload.KeyProvider;
import dev.durable.payload.PayloadSealing;
import dev.durable.store.CallbackRow;
import dev.durable.store.Event;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Encryption and offload below running executions, on the memory store. */
class SealingTests {

	private static final String MARKER = "4111-1111-1111-1111";

	private static final StepOptions ONCE = StepOptions.defaults().withRetry(RetryStrategy.none());

	private static final Duration HOUR = Duration.ofHours(1);

	/** The fixture's, of every execution. */
	private static final Duration TIMEOUT = Duration.ofDays(30);

	private final MemoryPayloadStore payloads = new MemoryPayloadStore();

	private final EngineFixture engine = new EngineFixture();

	private final List<String> callbacks = new ArrayList<>();

	/** Everything that is stored: payloads as text of single bytes, and all the rest. */
	private String stored() {
		List<String> stored = new ArrayList<>();
		for (ExecutionSummary execution : executions()) {
			stored.add(this.engine.data.find(execution.id()).orElseThrow().toString());
			for (Event event : this.engine.data.history(execution.id(), 0, Integer.MAX_VALUE)) {
				stored.add(event.toString());
				stored.add(text(event.content().payload()));
				stored.add(text(event.content().error()));
				String callback = event.content().details().text("callback");
				if (callback != null) {
					CallbackRow row = this.engine.data.callback(callback).orElseThrow();
					stored.add(row + text(row.outcome().payload()) + text(row.outcome().error()));
				}
			}
		}
		this.payloads.contents.forEach((owner, contents) -> contents
			.forEach((key, content) -> stored.add(owner + key + text(new Payload(content)))));
		return String.join("\n", stored);
	}

	private static String text(@Nullable Payload payload) {
		return (payload != null) ? new String(payload.bytes(), StandardCharsets.ISO_8859_1) : "";
	}

	private List<ExecutionSummary> executions() {
		return this.engine.client().list(ExecutionQuery.all()).executions();
	}

	private @Nullable String blockedReason(ExecutionId id) {
		return this.engine.data.find(id).orElseThrow().state().blockedReason();
	}

	/** Brings the marker into every kind of record, and pauses in the middle. */
	private void functionsThatHandleSecrets() {
		this.engine.function("child", (context, input) -> {
			if (String.valueOf(input).startsWith("bad")) {
				throw new IllegalStateException("declined " + input);
			}
			return "child of " + input;
		}).function("flow", (context, input) -> {
			List<Object> seen = new ArrayList<>();
			seen.add(input);
			seen.add(context.step("charge", String.class, (step) -> {
				this.engine.log.add("charge");
				return "charged " + input;
			}));
			try {
				context.step("decline", String.class, ONCE, (step) -> {
					throw new IllegalArgumentException("declined " + input);
				});
			}
			catch (IllegalArgumentException ex) {
				seen.add(ex.getMessage());
			}
			DurableCallback<String> callback = context.createCallback("approval", String.class);
			this.callbacks.add(callback.callbackId());
			seen.add(callback.get());
			seen.add(context.invoke("child", "child", input, String.class));
			try {
				context.invoke("bad-child", "child", "bad " + input, String.class);
			}
			catch (InvokeFailedException ex) {
				seen.add(ex.error().errorMessage());
			}
			context.wait("pause", HOUR);
			return seen;
		});
	}

	private ExecutionHandle<Object> runUntilThePause() {
		ExecutionHandle<Object> handle = this.engine.run("flow", MARKER);
		this.engine.client().callbacks().succeed(this.callbacks.get(0), "approved " + MARKER);
		this.engine.settle();
		// a child's end may be noticed by the next poll only
		while (!EngineFixture.types(handle).contains(EventType.WAIT_STARTED)) {
			this.engine.advance(Duration.ofSeconds(5));
		}
		return handle;
	}

	private static List<String> expected() {
		return List.of(MARKER, "charged " + MARKER, "declined " + MARKER, "approved " + MARKER, "child of " + MARKER,
				"declined bad " + MARKER);
	}

	@Test
	void storeWithoutSealingHoldsPlaintextThatThisTestFinds() {
		functionsThatHandleSecrets();
		this.engine.start();
		runUntilThePause();
		assertThat(stored()).contains("charged " + MARKER, "declined " + MARKER, "approved " + MARKER,
				"child of " + MARKER, "declined bad " + MARKER);
	}

	@Test
	void storesWhenPayloadsAreEncryptedAndOffloadedHoldNoPlaintextAnywhere() {
		functionsThatHandleSecrets();
		this.engine.sealing(Sealings.everything(this.payloads)).start();
		ExecutionHandle<Object> handle = runUntilThePause();
		this.engine.restart();
		this.engine.advance(HOUR);
		assertThat(this.engine.result(handle)).isEqualTo(expected());
		assertThat(this.engine.log).containsExactly("charge");
		assertThat(stored()).doesNotContain(MARKER).doesNotContain("IllegalArgumentException");
		assertThat(executions()).hasSize(3);
		assertThat(this.payloads.contents).hasSize(3);
	}

	@Test
	void storeWhenPayloadsAreOnlyEncryptedHoldsNoPlaintextEither() {
		functionsThatHandleSecrets();
		this.engine.sealing(Sealings.encrypting()).start();
		ExecutionHandle<Object> handle = runUntilThePause();
		this.engine.restart();
		this.engine.advance(HOUR);
		assertThat(this.engine.result(handle)).isEqualTo(expected());
		assertThat(stored()).doesNotContain(MARKER);
	}

	@Test
	void executionsWhenTheKeyIsReplacedMeanwhileGoOn() {
		functionsThatHandleSecrets();
		this.engine.sealing(Sealings.encrypting()).start();
		ExecutionHandle<Object> handle = runUntilThePause();
		this.engine.sealing(PayloadSealing.none().withKeys(KeyProvider.of(Sealings.key("k2"), Sealings.key("k1"))));
		this.engine.restart();
		this.engine.advance(HOUR);
		assertThat(this.engine.result(this.engine.client().execution(handle.id()))).isEqualTo(expected());
		assertThat(handle.history()).extracting((event) -> event.details().get("encrypted")).contains("k1", "k2");
	}

	@Test
	void namedStartWhenItIsRepeatedIsRecognizedByItsPlainInput() {
		functionsThatHandleSecrets();
		this.engine.sealing(Sealings.everything(this.payloads)).start();
		ExecutionId first = this.engine.client().function("flow").named("a").start(MARKER).id();
		this.engine.settle();
		assertThat(this.engine.client().function("flow").named("a").start(MARKER).id()).isEqualTo(first);
		this.engine.settle();
		assertThat(this.payloads.contents).hasSize(1);
	}

	@Test
	void executionWhenAKeyIsMissingIsBlockedWithItsIdAndGoesOnWhenItIsBack() {
		functionsThatHandleSecrets();
		this.engine.sealing(Sealings.encrypting()).start();
		ExecutionHandle<Object> handle = runUntilThePause();
		this.engine.sealing(PayloadSealing.none().withKeys(KeyProvider.of(Sealings.key("k2")))).restart();
		this.engine.advance(HOUR);
		assertThat(handle.status()).isEqualTo(ExecutionStatus.RUNNING);
		assertThat(blockedReason(handle.id())).contains("is encrypted with key 'k1', which is not known here")
			.contains("durable.encryption.keys.k1");
		this.engine.sealing(Sealings.encrypting()).restart();
		this.engine.runToEnd(handle);
		assertThat(this.engine.result(this.engine.client().execution(handle.id()))).isEqualTo(expected());
		assertThat(this.engine.log).containsExactly("charge");
		assertThat(blockedReason(handle.id())).isNull();
	}

	@Test
	void executionWhenItsPayloadStoreIsUnreachableDuringReplayGoesOnLaterAndItsCodeSeesNothing() {
		AtomicInteger caught = new AtomicInteger();
		this.engine.function("flow", (context, input) -> {
			String result = "lost";
			try {
				result = context.step("charge", String.class, (step) -> "a large result");
			}
			catch (RuntimeException ex) {
				caught.incrementAndGet();
			}
			context.wait("pause", HOUR);
			return result;
		});
		this.engine.sealing(PayloadSealing.none().withStore(this.payloads, 8)).start();
		ExecutionHandle<Object> handle = this.engine.run("flow", 1);
		this.payloads.failingGets.set(2);
		this.engine.advance(HOUR);
		assertThat(handle.status()).isEqualTo(ExecutionStatus.RUNNING);
		assertThat(this.engine.data.find(handle.id()).orElseThrow().state())
			.satisfies((state) -> assertThat(state.failures()).isOne())
			.satisfies((state) -> assertThat(state.blockedReason()).isNull());
		assertThat(handle.history()).last()
			.satisfies((event) -> assertThat(event.type()).isEqualTo(EventType.INVOCATION_COMPLETED))
			.satisfies((event) -> assertThat(event.error()).isNotNull());
		this.engine.runToEnd(handle);
		assertThat(this.engine.result(handle)).isEqualTo("a large result");
		assertThat(caught).hasValue(0);
		assertThat(this.payloads.failingGets).hasValue(0);
	}

	@Test
	void executionWhenItsInputCannotBeFetchedGoesOnLater() {
		this.engine.function("flow", (context, input) -> {
			context.wait("pause", HOUR);
			return input;
		});
		this.engine.sealing(PayloadSealing.none().withStore(this.payloads, 8)).start();
		ExecutionHandle<Object> handle = this.engine.run("flow", "a large input");
		this.payloads.failingGets.set(2);
		this.engine.advance(HOUR);
		assertThat(handle.status()).isEqualTo(ExecutionStatus.RUNNING);
		this.engine.runToEnd(handle);
		assertThat(this.engine.result(handle)).isEqualTo("a large input");
	}

	@Test
	void executionWhenAnErrorCannotBeOpenedIsBlockedRatherThanFailed() {
		this.engine.function("flow", (context, input) -> {
			try {
				context.step("decline", String.class, ONCE, (step) -> {
					throw new IllegalArgumentException("declined");
				});
			}
			catch (RuntimeException ex) {
				context.wait("pause", HOUR);
				return ex.getMessage();
			}
			return "not declined";
		});
		this.engine.sealing(Sealings.encrypting()).start();
		ExecutionHandle<Object> handle = this.engine.run("flow", null);
		this.engine.sealing(PayloadSealing.none()).restart();
		this.engine.advance(HOUR);
		assertThat(blockedReason(handle.id())).contains("with key 'k1'");
		this.engine.sealing(Sealings.encrypting()).restart();
		this.engine.runToEnd(handle);
		assertThat(this.engine.result(this.engine.client().execution(handle.id()))).isEqualTo("declined");
	}

	@Test
	void executionWhenAValueCannotBeOpenedIsBlockedAndItsCodeSeesNothing() {
		this.engine.function("flow", (context, input) -> {
			context.wait("until the key is replaced", HOUR);
			try {
				UUID id = context.randomUUID();
				context.wait("pause", HOUR);
				return id.toString().length();
			}
			catch (PayloadSealedException ex) {
				this.engine.log.add("seen");
				throw ex;
			}
		});
		this.engine.sealing(Sealings.encrypting()).start();
		ExecutionHandle<Object> handle = this.engine.run("flow", null);
		PayloadSealing replaced = PayloadSealing.none()
			.withKeys(KeyProvider.of(Sealings.key("k2"), Sealings.key("k1")));
		this.engine.sealing(replaced).restart();
		this.engine.advance(HOUR);
		this.engine.sealing(Sealings.encrypting()).restart();
		this.engine.advance(HOUR);
		assertThat(blockedReason(handle.id())).contains("with key 'k2'");
		assertThat(this.engine.log).isEmpty();
		this.engine.sealing(replaced).restart();
		this.engine.runToEnd(handle);
		assertThat(this.engine.result(this.engine.client().execution(handle.id()))).isEqualTo(36);
	}

	@Test
	void executionThatIsBlockedTimesOutWhenItIsDue() {
		functionsThatHandleSecrets();
		this.engine.sealing(Sealings.encrypting()).start();
		ExecutionHandle<Object> handle = runUntilThePause();
		this.engine.sealing(PayloadSealing.none()).restart();
		this.engine.advance(TIMEOUT.minusMinutes(1));
		assertThat(blockedReason(handle.id())).isNotNull();
		assertThat(handle.status()).isEqualTo(ExecutionStatus.RUNNING);
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(this.engine.client().execution(handle.id()).status()).isEqualTo(ExecutionStatus.TIMED_OUT);
	}

	@Test
	void executionWhenAChildsResultCannotBeFetchedGoesOnLater() {
		this.engine.function("child", (context, input) -> {
			context.wait("work", HOUR);
			this.payloads.failingGets.set(3);
			return "a large result of the child";
		}).function("flow", (context, input) -> context.invoke("call", "child", 1, String.class));
		this.engine.sealing(PayloadSealing.none().withStore(this.payloads, 8)).start();
		ExecutionHandle<Object> handle = this.engine.run("flow", 1);
		this.engine.advance(HOUR);
		assertThat(handle.status()).isEqualTo(ExecutionStatus.RUNNING);
		assertThat(this.engine.data.find(handle.id()).orElseThrow().state().failures()).isPositive();
		this.engine.runToEnd(handle);
		assertThat(this.engine.result(handle)).isEqualTo("a large result of the child");
		assertThat(this.payloads.failingGets).hasValue(0);
	}

	@Test
	void executionWhenAChildsResultCannotBeOpenedIsBlockedAndGoesOnWhenTheKeyIsBack() {
		LosableKey keys = new LosableKey();
		this.engine.function("child", (context, input) -> {
			context.wait("work", HOUR);
			keys.lost = true;
			return "result";
		}).function("flow", (context, input) -> context.invoke("call", "child", 1, String.class));
		this.engine.sealing(PayloadSealing.none().withKeys(keys)).start();
		ExecutionHandle<Object> handle = this.engine.run("flow", 1);
		this.engine.advance(HOUR);
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(handle.status()).isEqualTo(ExecutionStatus.RUNNING);
		assertThat(blockedReason(handle.id())).contains("with key 'k1'");
		int events = handle.history().size();
		this.engine.advance(Duration.ofMinutes(1));
		assertThat(handle.history()).hasSize(events);
		keys.lost = false;
		this.engine.runToEnd(handle);
		assertThat(this.engine.result(handle)).isEqualTo("result");
	}

	@Test
	void takeoverWhenTheInputOfAnInvokeCannotBeOpenedWritesNothingUntilItCan() {
		LosableKey keys = new LosableKey();
		this.engine.function("child", (context, input) -> "child of " + input)
			.function("flow", (context, input) -> context.invoke("call", "child", 1, String.class));
		this.engine.sealing(PayloadSealing.none().withKeys(keys));
		CrashingStore dying = CrashingStore.crashingAt(this.engine.data, new CrashPoint(2, CrashPoint.Moment.AFTER));
		this.engine.start(dying);
		ExecutionHandle<Object> handle = this.engine.run("flow", 1);
		assertThat(dying.isCrashed()).isTrue();
		keys.lost = true;
		this.engine.start();
		this.engine.advance(HOUR);
		ExecutionHandle<Object> watched = this.engine.client().execution(handle.id());
		assertThat(blockedReason(handle.id())).contains("with key 'k1'");
		assertThat(EngineFixture.types(watched)).containsExactly(EventType.EXECUTION_STARTED,
				EventType.CHAINED_INVOKE_STARTED);
		keys.lost = false;
		this.engine.runToEnd(watched);
		assertThat(this.engine.result(watched)).isEqualTo("child of 1");
	}

	@Test
	void historyOf200OffloadedPayloadsIsResumedAndShownWithoutFetchingThem() {
		this.engine.function("flow", (context, input) -> {
			List<DurableCallback<String>> created = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				created.add(context.createCallback("c" + i, String.class));
			}
			created.forEach((callback) -> this.callbacks.add(callback.callbackId()));
			context.wait("pause", HOUR);
			return created.get(7).get();
		});
		this.engine.sealing(PayloadSealing.none().withStore(this.payloads, 60)).start();
		ExecutionHandle<Object> handle = this.engine.run("flow", null);
		String large = "x".repeat(100);
		List<String> ids = List.copyOf(this.callbacks);
		ids.forEach((id) -> this.engine.client().callbacks().succeed(id, large + ids.indexOf(id)));
		this.engine.settle();
		assertThat(this.payloads.puts).hasValue(200);
		this.engine.restart();
		this.engine.settle();
		assertThat(handle.history()).filteredOn((event) -> event.type() == EventType.CALLBACK_SUCCEEDED)
			.hasSize(200)
			.allSatisfy((event) -> assertThat(event.details()).containsKey("offloaded"))
			.allSatisfy((event) -> assertThat(event.payload()).isNull());
		assertThat(this.payloads.gets).hasValue(0);
		this.engine.advance(HOUR);
		assertThat(handle.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
		assertThat(this.payloads.gets).hasValue(1);
		assertThat(this.engine.result(handle)).isEqualTo(large + 7);
	}

	@Test
	void listenersAreNotToldWhatIsKeptApart() {
		AtomicInteger told = new AtomicInteger();
		this.engine.function("flow", (context, input) -> {
			DurableCallback<String> callback = context.createCallback("c", String.class);
			this.callbacks.add(callback.callbackId());
			context.wait("pause", HOUR);
			return "done";
		});
		this.engine.listeners(new DurableListener() {
			@Override
			public void onOperationEnd(OperationInfo operation) {
				told.incrementAndGet();
				assertThat(operation.result()).isNull();
			}
		}).sealing(PayloadSealing.none().withStore(this.payloads, 60)).start();
		this.engine.run("flow", null);
		this.engine.client().callbacks().succeed(this.callbacks.get(0), "x".repeat(100));
		this.engine.settle();
		assertThat(told.get()).isPositive();
		assertThat(this.payloads.gets).hasValue(0);
	}

	@Test
	void historyShowsOfASealedErrorItsTypeOnly() {
		this.engine.function("flow", (context, input) -> {
			throw new IllegalStateException("declined " + MARKER);
		});
		this.engine.sealing(Sealings.encrypting()).start();
		ExecutionHandle<Object> handle = this.engine.run("flow", MARKER);
		List<HistoryEvent> history = handle.history();
		assertThat(Stream.of(history.get(0), history.get(history.size() - 1)))
			.allSatisfy((event) -> assertThat(event.details()).containsEntry("encrypted", "k1"))
			.allSatisfy((event) -> assertThat(event.payload()).isNull())
			.allSatisfy((event) -> assertThat(event.toString()).doesNotContain(MARKER));
		assertThat(Objects.requireNonNull(history.get(history.size() - 1).error()).errorType())
			.isEqualTo("java.lang.IllegalStateException");
	}

	/** A key that can go missing for what was written. */
	private static final class LosableKey implements KeyProvider {

		private volatile boolean lost;

		@Override
		public EncryptionKey current() {
			return Sealings.key("k1");
		}

		@Override
		public Optional<EncryptionKey> find(String id) {
			return this.lost ? Optional.empty() : Optional.of(current());
		}

	}

}
