package dev.durable.store.tck;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.durable.ExecutionId;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackState;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.Signal;
import dev.durable.store.SignalKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Signals reach their execution and are never lost. */
abstract class SignalContract extends TakeoverContract {

	@Test
	void claimWhenASignalWaitsTakesTheSleepingExecution() {
		ExecutionId forever = sleeping(null);
		ExecutionId later = sleeping(later(3600));
		send(Rows.signal(forever), Rows.signal(later));
		assertThat(claim(HERE)).containsExactlyInAnyOrder(forever, later);
	}

	@Test
	void claimWhenSeveralSignalsWaitTakesTheExecutionOnce() {
		ExecutionId id = sleeping(now());
		send(Rows.signal(id), Rows.signal(id), Rows.signal(id));
		assertThat(claim(HERE)).containsExactly(id);
	}

	@Test
	void claimWhenASignalWaitsForAnOwnedExecutionPassesItOver() {
		ExecutionId id = owned(THERE);
		send(Rows.signal(id));
		assertThat(claim(HERE)).isEmpty();
	}

	@Test
	void signalWhenItArrivesBeforeTheOwnerSleepsIsNotLost() {
		ExecutionId id = owned(HERE);
		Signal signal = Rows.signal(id);
		send(signal);
		append(Appends.update(id, 2, ExecutionState.sleeping(null)));
		assertThat(claim(THERE)).containsExactly(id);
		assertThat(store().signals(List.of(id))).containsExactly(signal);
	}

	@Test
	void signalWhenItArrivesAfterTheOwnerSleepsIsNotLost() {
		ExecutionId id = owned(HERE);
		append(Appends.update(id, 2, ExecutionState.sleeping(null)));
		assertThat(claim(THERE)).isEmpty();
		send(Rows.signal(id));
		assertThat(claim(THERE)).containsExactly(id);
	}

	@Test
	void signalWhenItArrivesWhileTheOwnerFallsAsleepIsNotLost() {
		for (int round = 0; round < 20; round++) {
			ExecutionId id = owned(HERE);
			CallbackRow callback = Rows.callback(id);
			append(Appends.effects(id, 2, Appends.callbacks(callback)));
			Race.run(List.<Callable<Boolean>>of(
					() -> wins(store(), Appends.update(id, 3, ExecutionState.sleeping(null))),
					() -> otherNode().completeCallback(callback.key().lookup(),
							new CallbackRow.Outcome(CallbackState.SUCCEEDED, null, null),
							Optional.of(Rows.signal(id)))));
			assertThat(claim(THERE)).containsExactly(id);
		}
	}

	@Test
	void signalWhenItArrivesLeavesRowAndJournalAlone() {
		ExecutionId id = sleeping(later(60));
		ExecutionState before = state(id);
		send(Rows.signal(id));
		assertThat(state(id)).isEqualTo(before);
		assertThat(journal(id)).hasSize(1);
	}

	@Test
	void signalsWhenSeveralWaitAreOldestFirst() {
		ExecutionId id = sleeping(null);
		ExecutionId other = sleeping(null);
		Signal third = Rows.signal(id, later(3));
		Signal first = Rows.signal(other, later(1));
		Signal second = new Signal("second", id, SignalKind.CHILD, Rows.OPERATION, later(2));
		send(third, first, second, Rows.signal(sleeping(null)));
		assertThat(store().signals(List.of(id, other))).containsExactly(first, second, third);
		assertThat(otherNode().signals(List.of(id))).containsExactly(second, third);
		assertThat(store().signals(List.of())).isEmpty();
	}

	@Test
	void signalsWhenAnAppendConsumesSomeKeepsTheOthers() {
		ExecutionId id = sleeping(null);
		Signal first = Rows.signal(id, later(1));
		Signal second = Rows.signal(id, later(2));
		send(first, second);
		assertThat(claim(HERE)).containsExactly(id);
		assertThat(store().signals(List.of(id))).containsExactly(first, second);
		append(Appends.update(id, 2, ExecutionState.sleeping(null), Appends.consumed(first.id())));
		assertThat(store().signals(List.of(id))).containsExactly(second);
		append(Appends.effects(id, 3, Appends.consumed(second.id())));
		assertThat(store().signals(List.of(id))).isEmpty();
	}

	@Test
	void claimWhenTheSignalIsConsumedLeavesTheExecutionAsleep() {
		ExecutionId id = sleeping(null);
		Signal signal = Rows.signal(id);
		send(signal);
		claim(HERE);
		append(Appends.update(id, 2, ExecutionState.sleeping(later(60)), Appends.consumed(signal.id())));
		assertThat(claim(HERE)).isEmpty();
	}

	@Test
	void signalledWhenSignalsWaitNamesTheNodesExecutionsOnce() {
		ExecutionId mine = owned(HERE);
		owned(HERE);
		ExecutionId theirs = owned(THERE);
		ExecutionId asleep = sleeping(null);
		send(Rows.signal(mine), Rows.signal(mine), Rows.signal(theirs), Rows.signal(asleep));
		assertThat(store().signalled(HERE)).containsExactly(mine);
		assertThat(otherNode().signalled(THERE)).containsExactly(theirs);
	}

	/** A signal comes with the append of another execution, as a child's does. */
	final void send(Signal... signals) {
		append(Appends.effects(owned(new NodeId("sender")), 2, Appends.signals(signals)));
	}

}
