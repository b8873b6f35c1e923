package dev.durable.store.tck;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import dev.durable.ExecutionId;
import dev.durable.store.Append;
import dev.durable.store.CallbackRow.Outcome;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.memory.MemoryCheckpointStore;
import dev.durable.store.tck.CrashPoint.Moment;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CrashingStoreTests {

	private static final NodeId NODE = new NodeId("node");

	private final VirtualTime time = new VirtualTime();

	private final MemoryCheckpointStore data = new MemoryCheckpointStore(this.time);

	private final ExecutionRow row = Rows.row(ExecutionState.owned(NODE, 0));

	private final ExecutionId id = this.row.identity().id();

	private final Append create = Appends.create(this.row);

	private final Append second = Appends.events(this.id, Events.at(2));

	@Test
	void appendWhenItDiesBeforeTheWriteLeavesNothing() {
		CrashingStore store = CrashingStore.crashingAt(this.data, new CrashPoint(2, Moment.BEFORE));
		Await.success(store.append(this.create));
		assertThatExceptionOfType(ProcessCrashed.class).isThrownBy(() -> store.append(this.second))
			.withMessage("The process crashed BEFORE append 2");
		assertThat(store.isCrashed()).isTrue();
		assertThat(this.data.event(this.id, 1)).isPresent();
		assertThat(this.data.event(this.id, 2)).isEmpty();
	}

	@Test
	void appendWhenItDiesAfterTheWriteLeavesItWritten() {
		CrashingStore store = CrashingStore.crashingAt(this.data, new CrashPoint(2, Moment.AFTER));
		Await.success(store.append(this.create));
		assertThatExceptionOfType(ProcessCrashed.class).isThrownBy(() -> store.append(this.second));
		assertThat(this.data.event(this.id, 2)).isPresent();
	}

	@Test
	void appendWhenItDiesAfterAWriteThatTakesTimeDoesNotWaitForIt() {
		CompletableFuture<Void> written = new CompletableFuture<>();
		CrashingStore store = CrashingStore.crashingAt(writing(written), new CrashPoint(1, Moment.AFTER));
		CompletionStage<Void> append = store.append(this.create);
		assertThat(store.isCrashed()).isFalse();
		written.complete(null);
		assertThat(store.isCrashed()).isTrue();
		assertThat(Await.outcome(append)).isInstanceOf(ProcessCrashed.class);
	}

	private static CheckpointStore writing(CompletionStage<Void> written) {
		return (CheckpointStore) Proxy.newProxyInstance(CheckpointStore.class.getClassLoader(),
				new Class<?>[] { CheckpointStore.class }, (proxy, method, arguments) -> written);
	}

	@Test
	void appendWhenItOnlyCountsNeverDies() {
		CrashingStore store = CrashingStore.counting(this.data);
		Await.success(store.append(this.create));
		Await.success(store.append(this.second));
		assertThat(Await.outcome(store.append(this.second))).isNotNull();
		assertThat(store.appends()).isEqualTo(3);
		assertThat(store.isCrashed()).isFalse();
	}

	@Test
	void callWhenTheProcessIsDeadDoesNothing() {
		CrashingStore store = CrashingStore.counting(this.data);
		store.crash();
		List<Consumer<CheckpointStore>> calls = List.of((dead) -> dead.append(this.create),
				(dead) -> dead.find(this.id), (dead) -> dead.ownedBy(NODE, Set.of()), (dead) -> dead.heartbeat(NODE),
				(dead) -> dead.completeCallback("lookup", Outcome.PENDING, Optional.empty()));
		for (Consumer<CheckpointStore> call : calls) {
			assertThatExceptionOfType(ProcessCrashed.class).isThrownBy(() -> call.accept(store));
		}
		assertThat(this.data.find(this.id)).isEmpty();
		assertThat(store.clock().instant()).isEqualTo(this.time.instant());
	}

	@Test
	void listenerWhenTheProcessIsDeadHearsNothing() {
		CrashingStore store = CrashingStore.counting(this.data);
		List<ExecutionId> heard = new ArrayList<>();
		store.listen(heard::add);
		Await.success(this.data.append(this.create));
		Await.success(this.data.append(Appends.effects(this.id, 2, Appends.signals(Rows.signal(this.id)))));
		assertThat(heard).containsExactly(this.id);
		store.crash();
		Await.success(this.data.append(Appends.effects(this.id, 3, Appends.signals(Rows.signal(this.id)))));
		assertThat(heard).containsExactly(this.id);
	}

}
