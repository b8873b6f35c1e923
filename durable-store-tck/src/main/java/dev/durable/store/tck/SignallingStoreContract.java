package dev.durable.store.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.durable.ExecutionId;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackState;
import dev.durable.store.CheckpointStore;
import dev.durable.store.SignallingStore;
import dev.durable.store.SignallingStore.Listening;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link SignallingStore} means. The tests of a store that signals extend this class
 * beside {@link CheckpointStoreContract}; {@link #store()} returns such a store.
 */
@Timeout(300)
public abstract class SignallingStoreContract extends StoreFixture {

	private static final long SECONDS = 60;

	private final BlockingQueue<ExecutionId> heard = new LinkedBlockingQueue<>();

	private final List<Listening> listenings = new ArrayList<>();

	@AfterEach
	void stopListening() {
		this.listenings.forEach(Listening::close);
	}

	@Test
	void listenerWhenAnAppendSendsASignalHearsOfItFromAnyNode() throws InterruptedException {
		ExecutionId first = sleeping(null);
		ExecutionId second = sleeping(null);
		listen(this.heard::add);
		send(store(), first);
		assertThat(next()).isEqualTo(first);
		send(otherNode(), second);
		assertThat(next()).isEqualTo(second);
	}

	@Test
	void listenerWhenACallbackEndsWithASignalHearsOfIt() throws InterruptedException {
		ExecutionId id = owned(HERE);
		CallbackRow callback = Rows.callback(id);
		append(Appends.effects(id, 2, Appends.callbacks(callback)));
		listen(this.heard::add);
		otherNode().completeCallback(callback.key().lookup(),
				new CallbackRow.Outcome(CallbackState.SUCCEEDED, null, null), Optional.of(Rows.signal(id)));
		assertThat(next()).isEqualTo(id);
		assertThat(store().signals(List.of(id))).hasSize(1);
	}

	@Test
	void listenerWhenAnAppendIsRefusedHearsNothingOfIt() throws InterruptedException {
		ExecutionId refused = sleeping(null);
		ExecutionId written = sleeping(null);
		ExecutionId sender = owned(HERE);
		listen(this.heard::add);
		refused(otherNode(), Appends.effects(sender, 1, Appends.signals(Rows.signal(refused))));
		send(otherNode(), written);
		assertThat(next()).isEqualTo(written);
	}

	@Test
	void listenerWhenItIsClosedHearsNothingMore() throws InterruptedException {
		BlockingQueue<ExecutionId> closed = new LinkedBlockingQueue<>();
		ExecutionId id = sleeping(null);
		Listening former = listen(closed::add);
		former.close();
		former.close();
		listen(this.heard::add);
		send(store(), id);
		assertThat(next()).isEqualTo(id);
		assertThat(closed).isEmpty();
	}

	@Test
	void listenerWhenAnotherThrowsHearsAllTheSame() throws InterruptedException {
		ExecutionId first = sleeping(null);
		ExecutionId second = sleeping(null);
		listen((execution) -> {
			throw new IllegalStateException("A listener failed, as expected");
		});
		listen(this.heard::add);
		send(store(), first);
		assertThat(next()).isEqualTo(first);
		send(store(), second);
		assertThat(next()).isEqualTo(second);
		assertThat(claim(HERE)).containsExactlyInAnyOrder(first, second);
	}

	private Listening listen(Consumer<ExecutionId> listener) {
		Listening listening = ((SignallingStore) store()).listen(listener);
		this.listenings.add(listening);
		return listening;
	}

	private @Nullable ExecutionId next() throws InterruptedException {
		return this.heard.poll(SECONDS, TimeUnit.SECONDS);
	}

	private void send(CheckpointStore store, ExecutionId to) {
		ExecutionId sender = owned(HERE);
		Await.success(store.append(Appends.effects(sender, 2, Appends.signals(Rows.signal(to)))));
	}

}
