package dev.durable.store.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.store.Append;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackState;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.RowChange;
import dev.durable.store.Signal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An execution has one owner at most, whoever takes, gives and ends it together. */
abstract class OwnershipContract extends TimeContract {

	private static final int ROUNDS = 20;

	private static final NodeId LOST = new NodeId("node-lost");

	@Test
	void ownedByWhenSomeAreLeftOutReturnsTheOthers() {
		ExecutionId first = owned(HERE);
		ExecutionId second = owned(HERE);
		ExecutionId third = owned(HERE);
		owned(THERE);
		ExecutionId ended = owned(HERE);
		append(Appends.update(ended, 2, ExecutionState.ended(ExecutionStatus.FAILED, now(), null)));
		assertThat(ids(store().ownedBy(HERE, Set.of(second, Rows.newId())))).containsExactlyInAnyOrder(first, third);
		assertThat(otherNode().ownedBy(HERE, Set.of(first, second, third))).isEmpty();
	}

	@Test
	void releaseWhenAnotherNodeTakesOverTogetherLetsOneHaveIt() {
		for (int round = 0; round < ROUNDS; round++) {
			ExecutionId id = owned(LOST);
			List<Boolean> won = Race
				.run(List.of(() -> otherNode().release(id, LOST, ExecutionState.sleeping(later(60))),
						() -> !store().claimAbandoned(request(HERE, 10), earlier(10)).isEmpty()));
			assertThat(won).containsOnlyOnce(true);
			assertThat(state(id))
				.isEqualTo(won.get(0) ? ExecutionState.sleeping(later(60)) : ExecutionState.owned(HERE, 0));
		}
	}

	@Test
	void claimWhenTheOwnerPutsItToSleepTogetherTakesItOnce() {
		for (int round = 0; round < ROUNDS; round++) {
			ExecutionId id = owned(HERE);
			List<Integer> claimed = Race
				.run(List.of(() -> wins(store(), Appends.update(id, 2, ExecutionState.sleeping(now()))) ? 0 : 100,
						claims(otherNode(), THERE), claims(store(), new NodeId("third"))));
			int total = claimed.stream().mapToInt(Integer::intValue).sum() + claim(THERE).size();
			assertThat(total).isEqualTo(1);
			assertThat(state(id).node()).isNotNull().isNotEqualTo(HERE);
			assertThat(journal(id)).hasSize(2);
			append(Appends.update(id, 3, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), null)));
		}
	}

	@Test
	void stopWhenTheOwnerAppendsTogetherLetsOneWin() {
		for (int round = 0; round < ROUNDS; round++) {
			ExecutionId id = owned(HERE);
			ExecutionState stopped = ExecutionState.ended(ExecutionStatus.STOPPED, now(), null);
			ExecutionState asleep = ExecutionState.sleeping(later(60));
			List<Boolean> won = Race.run(List.of(() -> wins(store(), Appends.update(id, 2, asleep)),
					() -> wins(otherNode(), Appends.update(id, 2, stopped))));
			assertThat(won).containsOnlyOnce(true);
			assertThat(state(id)).isEqualTo(won.get(0) ? asleep : stopped);
			assertThat(journal(id)).hasSize(2);
		}
	}

	@Test
	void stopWhenANodeClaimsTogetherEndsItForAll() {
		for (int round = 0; round < ROUNDS; round++) {
			ExecutionId id = sleeping(now());
			endsForAll(id, claims(store(), HERE));
		}
	}

	@Test
	void endWhenANodeTakesOverTogetherEndsItForAll() {
		for (int round = 0; round < ROUNDS; round++) {
			ExecutionId id = owned(LOST);
			endsForAll(id, () -> store().claimAbandoned(request(HERE, 10), earlier(10)).size());
		}
	}

	private void endsForAll(ExecutionId id, Callable<Integer> claim) {
		ExecutionState ended = ExecutionState.ended(ExecutionStatus.STOPPED, now(), null);
		List<Integer> results = Race.run(List.of(() -> wins(otherNode(), Appends.update(id, 2, ended)) ? 1 : 0, claim));
		assertThat(results.get(0)).isEqualTo(1);
		assertThat(state(id)).isEqualTo(ended);
		assertThat(store().ownedBy(HERE, Set.of())).isEmpty();
		assertThat(claim(HERE)).isEmpty();
		assertThat(store().claimAbandoned(request(HERE, 10), later(10))).isEmpty();
		assertThat(store().release(id, HERE, ExecutionState.sleeping(now()))).isFalse();
	}

	@Test
	void cleanUpWhenTheNodeReportsTogetherKeepsIt() {
		for (int round = 0; round < ROUNDS; round++) {
			store().heartbeat(THERE);
			time().advance(Duration.ofSeconds(60));
			Instant silentSince = earlier(10);
			Race.run(List.<Callable<Boolean>>of(() -> {
				otherNode().heartbeat(THERE);
				return true;
			}, () -> {
				store().cleanUp(Optional.empty(), silentSince);
				return true;
			}));
			ExecutionId id = owned(THERE);
			assertThat(store().claimAbandoned(request(HERE, 10), silentSince)).isEmpty();
			append(Appends.update(id, 2, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), null)));
		}
	}

	@Test
	void appendWhenItsAnswerWasLostAndItIsSentAgainChangesNothing() {
		ExecutionId id = owned(HERE);
		ExecutionId parent = owned(THERE);
		CallbackRow callback = Rows.callback(id);
		Signal signal = Rows.signal(parent);
		Signal consumed = Rows.signal(id);
		append(Appends.effects(parent, 2, Appends.signals(consumed)));
		Append append = new Append(id, List.of(Events.at(2, "mine"), Events.at(3, "mine")),
				new RowChange.Update(ExecutionState.sleeping(now())),
				new Effects(List.of(callback), List.of(consumed.id()), List.of(signal), false));
		append(append);
		// the world goes on before the owner learns of its success
		CallbackRow.Outcome outcome = new CallbackRow.Outcome(CallbackState.SUCCEEDED, null, null);
		otherNode().completeCallback(callback.key().lookup(), outcome, Optional.empty());
		Await.success(otherNode().append(Appends.effects(parent, 3, Appends.consumed(signal.id()))));
		assertThat(ids(otherNode().claim(request(THERE, 10)))).containsExactly(id);
		refused(store(), append);
		assertThat(store().event(id, 2)).map(Event::invocation).contains("mine");
		assertThat(store().callback(callback.key().lookup()).orElseThrow().outcome()).isEqualTo(outcome);
		assertThat(store().signals(List.of(parent, id))).isEmpty();
		assertThat(state(id)).isEqualTo(ExecutionState.owned(THERE, 0));
		assertThat(journal(id)).hasSize(3);
	}

	private Callable<Integer> claims(CheckpointStore store, NodeId node) {
		return () -> store.claim(request(node, 10)).size();
	}

}
