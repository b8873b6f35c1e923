package dev.durable.embedded;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.FunctionVersion;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationSubType;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadSource;
import dev.durable.codec.PayloadUnavailableException;
import dev.durable.payload.EncryptionKey;
import dev.durable.payload.KeyProvider;
import dev.durable.payload.PayloadOwner;
import dev.durable.payload.PayloadSealing;
import dev.durable.payload.PayloadStore;
import dev.durable.store.Append;
import dev.durable.store.AppendConflictException;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackState;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.RowChange;
import dev.durable.store.SignallingStore;
import dev.durable.store.StoreUnavailableException;
import dev.durable.store.TransactionalStore;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SealedStoreTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private static final ExecutionId ID = new ExecutionId("order-1");

	private static final Payload LARGE = Payload.ofText("a large payload");

	private static final Payload OTHER = Payload.ofText("another large payload");

	private final MemoryCheckpointStore data = new MemoryCheckpointStore(() -> NOW);

	private final Objects objects = new Objects();

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final PayloadSealing offloading = PayloadSealing.none().withStore(this.objects, 8);

	private final CheckpointStore store = SealedStore.around(this.data, this.offloading, this.tasks::add);

	private void runTasks() {
		while (!this.tasks.isEmpty()) {
			this.tasks.remove().run();
		}
	}

	private CompletableFuture<Void> append(Append append) {
		CompletableFuture<Void> done = this.store.append(append).toCompletableFuture();
		runTasks();
		return done;
	}

	private static ExecutionRow row(ExecutionState state) {
		return new ExecutionRow(
				new ExecutionIdentity(ID, new FunctionVersion("f", "1"), null, null, "digest", NOW, null), state);
	}

	private static Append start(String writer, Payload input) {
		return new Append(ID, List.of(event(1, EventType.EXECUTION_STARTED, writer, null, input)),
				new RowChange.Create(row(ExecutionState.sleeping(NOW))), Effects.NONE);
	}

	private static Event event(long position, EventType type, String writer, @Nullable OperationRef operation,
			Payload payload) {
		return new Event(position, type, writer, NOW, operation, new EventContent(payload, null, EventDetails.NONE));
	}

	private static Append step(long position, Payload result) {
		OperationRef step = new OperationRef(new OperationId("s" + position), null, "s", OperationSubType.STEP);
		return new Append(ID, List.of(event(position, EventType.STEP_SUCCEEDED, "w", step, result)),
				new RowChange.None(), Effects.NONE);
	}

	private static Append end(long position) {
		return new Append(ID, List.of(event(position, EventType.EXECUTION_SUCCEEDED, "w", null, LARGE)),
				new RowChange.Update(ExecutionState.ended(ExecutionStatus.SUCCEEDED, NOW, NOW)), Effects.NONE);
	}

	private static PayloadSource source(Payload payload) {
		PayloadSource source = payload.source();
		assertThat(source).isNotNull();
		return source;
	}

	private static CheckpointStore able(Class<?>... abilities) {
		InvocationHandler nothing = (proxy, method, arguments) -> null;
		return (CheckpointStore) Proxy.newProxyInstance(SealedStoreTests.class.getClassLoader(), abilities, nothing);
	}

	@Test
	void appendThatFollowsAnotherInvocationsEventIsRefusedThoughItIsSealed() {
		append(start("new", Payload.ofText("small")));
		Append late = new Append(ID, step(2, LARGE).events(), new RowChange.None(), Effects.NONE, "removed");
		assertThat(append(late)).isCompletedExceptionally();
		assertThat(this.data.history(ID, 0, 10)).hasSize(1);
	}

	@Test
	void storeKeepsTheAbilitiesOfWhatItIsAroundAndNoOthers() {
		CheckpointStore plain = SealedStore.around(able(CheckpointStore.class), this.offloading, Runnable::run);
		assertThat(plain).isNotInstanceOfAny(TransactionalStore.class, SignallingStore.class);
		CheckpointStore signalling = SealedStore.around(able(SignallingStore.class), this.offloading, Runnable::run);
		assertThat(signalling).isInstanceOf(SignallingStore.class).isNotInstanceOf(TransactionalStore.class);
		CheckpointStore transactional = SealedStore.around(able(TransactionalStore.class), this.offloading,
				Runnable::run);
		assertThat(transactional).isInstanceOf(TransactionalStore.class).isNotInstanceOf(SignallingStore.class);
		CheckpointStore both = SealedStore.around(able(TransactionalStore.class, SignallingStore.class),
				this.offloading, Runnable::run);
		assertThat(both).isInstanceOf(TransactionalStore.class).isInstanceOf(SignallingStore.class);
	}

	@Test
	void appendWithoutSealingReachesTheStoreAsItIsOnTheCallingThread() {
		List<Object> seen = new ArrayList<>();
		InvocationHandler recording = (proxy, method, arguments) -> {
			seen.add(arguments[0]);
			seen.add(Thread.currentThread());
			return CompletableFuture.completedFuture(null);
		};
		CheckpointStore recorder = (CheckpointStore) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { CheckpointStore.class }, recording);
		Append append = start("w", LARGE);
		SealedStore.around(recorder, PayloadSealing.none(), this.tasks::add).append(append);
		assertThat(seen).containsExactly(append, Thread.currentThread());
		assertThat(seen.get(0)).isSameAs(append);
	}

	@Test
	void appendWithoutLargePayloadsIsEncryptedOnTheCallingThread() {
		PayloadSealing both = this.offloading.withKeys(KeyProvider.of(EncryptionKey.of("k1", new byte[32])));
		CheckpointStore encrypted = SealedStore.around(this.data, both, this.tasks::add);
		assertThat(encrypted.append(start("w", Payload.ofText("small"))).toCompletableFuture()).isCompleted();
		assertThat(this.tasks).isEmpty();
		Payload stored = this.data.event(ID, 1).orElseThrow().content().payload();
		assertThat(stored).isNotNull().isNotEqualTo(Payload.ofText("small"));
		assertThat(encrypted.event(ID, 1).orElseThrow().content().payload()).isEqualTo(Payload.ofText("small"));
	}

	@Test
	void appendWithALargePayloadWritesThatFirstAndOnAnotherThread() {
		CompletableFuture<Void> done = this.store.append(start("w", LARGE)).toCompletableFuture();
		assertThat(done).isNotDone();
		assertThat(this.objects.contents).isEmpty();
		this.objects.whenPut = () -> assertThat(this.data.event(ID, 1)).isEmpty();
		runTasks();
		assertThat(done).isCompleted();
		assertThat(this.objects.contents).containsOnlyKeys(new PayloadOwner(ID, "w"));
		Payload read = this.store.event(ID, 1).orElseThrow().content().payload();
		assertThat(read).isNotNull().isEqualTo(LARGE);
	}

	@Test
	void payloadsOfAllInvocationsBelongToTheStartOfTheExecution() {
		append(start("first", LARGE));
		append(step(2, OTHER));
		assertThat(this.objects.contents).containsOnlyKeys(new PayloadOwner(ID, "first"));
		assertThat(this.objects.contents.get(new PayloadOwner(ID, "first"))).hasSize(2);
	}

	@Test
	void appendWhenThePayloadStoreIsUnreachableFailsAsOneWhoseStoreIsAndWritesNothing() {
		this.objects.reachable = false;
		CompletableFuture<Void> done = append(start("w", LARGE));
		assertThat(done.handle((nothing, failure) -> failure.getCause()).join())
			.isInstanceOf(StoreUnavailableException.class)
			.hasCauseInstanceOf(PayloadUnavailableException.class);
		assertThat(this.data.find(ID)).isEmpty();
		this.objects.reachable = true;
		assertThat(append(start("w", LARGE))).isCompleted();
	}

	@Test
	void appendWhenThePayloadStoreIsUnreachableForAMomentIsSentAgain() {
		CheckpointStore direct = SealedStore.around(this.data, this.offloading, Runnable::run);
		List<Duration> pauses = new ArrayList<>();
		Timers timers = (delay, task) -> {
			pauses.add(delay);
			this.objects.reachable = pauses.size() == 2;
			task.run();
			return () -> {
			};
		};
		this.objects.reachable = false;
		assertThat(new Delivery(direct, Runnable::run, timers).deliver(start("w", LARGE))).isCompleted();
		assertThat(pauses).hasSize(2);
		assertThat(direct.event(ID, 1).orElseThrow().content().payload()).isEqualTo(LARGE);
	}

	@Test
	void whatALostStartOffloadedIsRemovedButNotWhatTheWinnerDid() {
		append(start("winner", LARGE));
		CompletableFuture<Void> lost = append(start("loser", LARGE));
		assertThat(lost.handle((nothing, failure) -> failure.getCause()).join())
			.isInstanceOf(AppendConflictException.class);
		assertThat(this.objects.contents).containsOnlyKeys(new PayloadOwner(ID, "winner"));
	}

	@Test
	void whatAStartThatIsSentAgainOffloadedStays() {
		append(start("w", LARGE));
		assertThat(append(start("w", LARGE))).isCompletedExceptionally();
		assertThat(this.objects.contents).containsOnlyKeys(new PayloadOwner(ID, "w"));
	}

	@Test
	void callbackOutcomeIsJournaledWithoutBeingFetched() {
		append(start("w", LARGE));
		OperationRef callback = new OperationRef(new OperationId("c"), null, "c", OperationSubType.CALLBACK);
		CallbackRow row = new CallbackRow(new CallbackRow.Key("lookup", "hash"), ID, callback.id(),
				new CallbackRow.Deadlines(null, null, null), CallbackRow.Outcome.PENDING);
		append(new Append(ID, List.of(event(2, EventType.CALLBACK_STARTED, "w", callback, Payload.ofText("id"))),
				new RowChange.None(), new Effects(List.of(row), List.of(), List.of(), false)));
		this.store.completeCallback("lookup", new CallbackRow.Outcome(CallbackState.SUCCEEDED, OTHER, null),
				Optional.empty());
		Payload outcome = this.store.callback("lookup").orElseThrow().outcome().payload();
		assertThat(outcome).isNotNull();
		assertThat(source(outcome).isOffloaded()).isTrue();
		this.objects.reachable = false;
		assertThat(append(new Append(ID, List.of(event(3, EventType.CALLBACK_SUCCEEDED, "w", callback, outcome)),
				new RowChange.None(), Effects.NONE)))
			.isCompleted();
		this.objects.reachable = true;
		assertThat(this.store.event(ID, 3).orElseThrow().content().payload()).isEqualTo(OTHER);
	}

	@Test
	void executionWhenItIsRemovedTakesItsPayloadsAlong() {
		append(start("w", LARGE));
		append(end(2));
		this.store.delete(List.of(ID));
		assertThat(this.objects.contents).isEmpty();
		assertThat(this.store.find(ID)).isEmpty();
	}

	@Test
	void executionWhenItsPayloadsCannotBeRemovedStaysForTheNextSweep() {
		append(start("w", LARGE));
		append(end(2));
		this.objects.reachable = false;
		assertThat(CompletableFuture.runAsync(() -> this.store.delete(List.of(ID)), Runnable::run)
			.handle((nothing, failure) -> failure.getCause())
			.join()).isInstanceOf(StoreUnavailableException.class);
		assertThat(this.store.find(ID)).isPresent();
		this.objects.reachable = true;
		this.store.delete(List.of(ID));
		assertThat(this.store.find(ID)).isEmpty();
		assertThat(this.objects.contents).isEmpty();
	}

	@Test
	void executionThatRunsKeepsItsPayloadsWhateverASweepAsksFor() {
		append(start("old", LARGE));
		append(end(2));
		this.store.delete(List.of(ID));
		append(start("new", LARGE));
		this.store.delete(List.of(ID));
		assertThat(this.objects.contents).containsOnlyKeys(new PayloadOwner(ID, "new"));
		assertThat(this.store.event(ID, 1).orElseThrow().content().payload()).isEqualTo(LARGE);
	}

	@Test
	void queriesAreOpenedToo() {
		append(start("w", LARGE));
		Payload read = new SealedQueries(this.data, this.offloading).history(ID, 0, 10).get(0).content().payload();
		assertThat(read).isNotNull().isEqualTo(LARGE);
		assertThat(this.data.history(ID, 0, 10).get(0).content().payload()).isNotEqualTo(LARGE);
	}

	/** Contents by owner. */
	private static final class Objects implements PayloadStore {

		private final Map<PayloadOwner, Map<String, byte[]>> contents = new ConcurrentHashMap<>();

		private boolean reachable = true;

		private Runnable whenPut = () -> {
		};

		@Override
		public void put(PayloadOwner owner, String key, byte[] content) {
			reach();
			this.whenPut.run();
			this.contents.computeIfAbsent(owner, (any) -> new ConcurrentHashMap<>()).put(key, content);
		}

		@Override
		public Optional<byte[]> get(PayloadOwner owner, String key) {
			reach();
			return Optional.ofNullable(this.contents.getOrDefault(owner, Map.of()).get(key));
		}

		@Override
		public void deleteAll(PayloadOwner owner) {
			reach();
			this.contents.remove(owner);
		}

		private void reach() {
			if (!this.reachable) {
				throw new PayloadUnavailableException("Out of reach", null);
			}
		}

	}

}
