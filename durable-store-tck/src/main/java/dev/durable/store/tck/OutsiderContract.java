package dev.durable.store.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.codec.Payload;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackRow.Outcome;
import dev.durable.store.CallbackState;
import dev.durable.store.ExecutionState;
import dev.durable.store.Signal;
import dev.durable.store.SignalKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes from outside comes too early, too late, and all at once. */
abstract class OutsiderContract extends OwnershipContract {

	private static final int MANY = 50;

	private static final Outcome SUCCEEDED = new Outcome(CallbackState.SUCCEEDED, Payload.ofText("\"yes\""), null);

	@Test
	void callbackWhenItEndsBeforeTheOwnersNextAppendReachesTheOwner() {
		ExecutionId id = owned(HERE);
		CallbackRow callback = Rows.callback(id);
		append(Appends.effects(id, 2, Appends.callbacks(callback)));
		Signal signal = Rows.signal(id);
		assertThat(otherNode().completeCallback(callback.key().lookup(), SUCCEEDED, Optional.of(signal))).isTrue();
		assertThat(store().signalled(HERE)).containsExactly(id);
		assertThat(store().signals(List.of(id))).containsExactly(signal);
		append(Appends.update(id, 3, ExecutionState.sleeping(null), Appends.consumed(signal.id())));
		assertThat(claim(HERE)).isEmpty();
		assertThat(outcome(callback)).isEqualTo(SUCCEEDED);
	}

	@Test
	void callbacksWhenManyArePendingAtTheEndAreAllClosed() {
		ExecutionId id = owned(HERE);
		List<CallbackRow> callbacks = callbacks(id);
		callbacks.subList(0, 10)
			.forEach((callback) -> store().completeCallback(callback.key().lookup(), SUCCEEDED, Optional.empty()));
		append(Appends.update(id, 3, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), null),
				Appends.closeCallbacks()));
		assertThat(callbacks.subList(0, 10)).allSatisfy((each) -> assertThat(outcome(each)).isEqualTo(SUCCEEDED));
		assertThat(callbacks.subList(10, MANY))
			.allSatisfy((each) -> assertThat(outcome(each).state()).isEqualTo(CallbackState.CLOSED));
	}

	@Test
	void callbacksWhenManyEndWhileTheirExecutionDoesEndOnceEach() {
		ExecutionId id = owned(HERE);
		List<CallbackRow> callbacks = callbacks(id);
		List<Callable<List<CallbackRow>>> racers = new ArrayList<>();
		racers
			.add(() -> wins(store(), Appends.update(id, 3, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), null),
					Appends.closeCallbacks())) ? List.of() : callbacks);
		for (int i = 0; i < 3; i++) {
			List<CallbackRow> some = callbacks.subList(i * 15, i * 15 + 15);
			racers.add(() -> some.stream()
				.filter((each) -> otherNode().completeCallback(each.key().lookup(), SUCCEEDED,
						Optional.of(Rows.signal(id))))
				.toList());
		}
		List<CallbackRow> won = Race.run(racers).stream().flatMap(List::stream).toList();
		assertThat(callbacks).allSatisfy((each) -> assertThat(outcome(each).state())
			.isEqualTo(won.contains(each) ? CallbackState.SUCCEEDED : CallbackState.CLOSED));
		assertThat(store().signals(List.of(id))).hasSameSizeAs(won);
		assertThat(state(id).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
	}

	@Test
	void signalWhenItsExecutionIsUnknownWakesNobodyAndIsCleanedUp() {
		ExecutionId unknown = Rows.newId();
		ExecutionId sleeping = sleeping(later(60));
		Signal kept = Rows.signal(sleeping);
		send(Rows.signal(unknown), kept);
		assertThat(claim(HERE)).containsExactly(sleeping);
		assertThat(store().signalled(HERE)).containsExactly(sleeping);
		assertThat(store().find(unknown)).isEmpty();
		otherNode().cleanUp(Optional.empty(), earlier(10));
		assertThat(store().signals(List.of(unknown, sleeping))).containsExactly(kept);
	}

	@Test
	void signalWhenItsExecutionHasEndedWakesNobody() {
		ExecutionId id = owned(HERE);
		ExecutionState ended = ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), null);
		append(Appends.update(id, 2, ended));
		send(Rows.signal(id));
		assertThat(claim(HERE)).isEmpty();
		assertThat(store().signalled(HERE)).isEmpty();
		assertThat(state(id)).isEqualTo(ended);
	}

	@Test
	void signalWhenItComesWithANewExecutionsEndIsThere() {
		ExecutionId parent = sleeping(null);
		ExecutionId child = owned(HERE);
		Signal signal = new Signal("end-of-" + child, parent, SignalKind.CHILD, Rows.OPERATION, now());
		append(Appends.update(child, 2, ExecutionState.ended(ExecutionStatus.FAILED, now(), null),
				Appends.signals(signal)));
		assertThat(otherNode().signals(List.of(parent))).containsExactly(signal);
		assertThat(otherNode().lastEvent(child)).contains(Events.at(2));
		assertThat(ids(otherNode().claim(request(THERE, 10)))).containsExactly(parent);
	}

	@Test
	void readWhenAnExecutionIsAskedForTwiceReadsItOnce() {
		ExecutionId id = owned(HERE);
		append(Appends.events(id, Events.at(2)));
		List<Long> positions = new ArrayList<>();
		store().read(List.of(id, Rows.newId(), id), (execution, event) -> positions.add(event.position()));
		assertThat(positions).containsExactly(1L, 2L);
	}

	/** Create many callbacks in one append, at position 2. */
	private List<CallbackRow> callbacks(ExecutionId id) {
		List<CallbackRow> callbacks = IntStream.range(0, MANY).mapToObj((i) -> Rows.callback(id)).toList();
		append(Appends.effects(id, 2, Appends.callbacks(callbacks.toArray(CallbackRow[]::new))));
		return callbacks;
	}

	private Outcome outcome(CallbackRow callback) {
		return store().callback(callback.key().lookup()).orElseThrow().outcome();
	}

}
