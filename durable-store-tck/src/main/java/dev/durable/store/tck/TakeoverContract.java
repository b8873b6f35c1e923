package dev.durable.store.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.FunctionVersion;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Event;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.Signal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a lost node worked on goes to another, and a living node keeps its work. */
abstract class TakeoverContract extends ClaimContract {

	private static final NodeId LOST = new NodeId("node-lost");

	@Test
	void claimAbandonedWhenTheNodeFellSilentTakesItsExecutions() {
		store().heartbeat(LOST);
		ExecutionRow row = Rows.row(ExecutionState.owned(LOST, 2));
		ExecutionId id = create(row);
		time().advance(Duration.ofSeconds(20));
		assertThat(otherNode().claimAbandoned(request(HERE, 10), earlier(10))).containsExactly(row);
		assertThat(state(id).node()).isEqualTo(HERE);
		assertThat(state(id).failures()).isEqualTo(2);
		assertThat(store().ownedBy(LOST, Set.of())).isEmpty();
	}

	@Test
	void claimAbandonedWhenTheNodeNeverReportedTakesItsExecutions() {
		ExecutionId id = owned(LOST);
		assertThat(abandoned(HERE, earlier(10))).containsExactly(id);
	}

	@Test
	void claimAbandonedWhenTheNodeLivesLeavesItsExecutions() {
		store().heartbeat(THERE);
		time().advance(Duration.ofSeconds(20));
		otherNode().heartbeat(THERE);
		owned(THERE);
		assertThat(abandoned(HERE, earlier(10))).isEmpty();
	}

	@Test
	void claimAbandonedWhenExecutionsSleepOrEndedLeavesThem() {
		sleeping(now());
		create(ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), null));
		assertThat(abandoned(HERE, later(10))).isEmpty();
	}

	@Test
	void claimAbandonedWhenMoreAreAbandonedThanAskedForTakesSome() {
		store().heartbeat(HERE);
		store().heartbeat(THERE);
		List<ExecutionId> lost = List.of(owned(LOST), owned(LOST), owned(LOST));
		List<ExecutionId> first = ids(store().claimAbandoned(request(HERE, 2), earlier(10)));
		List<ExecutionId> second = ids(store().claimAbandoned(request(THERE, 2), earlier(10)));
		assertThat(first).hasSize(2);
		assertThat(second).hasSize(1);
		assertThat(lost).containsAll(first).containsAll(second);
		assertThat(first).doesNotContainAnyElementsOf(second);
	}

	@Test
	void claimAbandonedWhenTheNodeLacksTheFunctionLeavesItUntilItTimesOut() {
		FunctionVersion foreign = new FunctionVersion("ship-order", "1");
		create(Rows.row(foreign, later(60), ExecutionState.owned(LOST, 0)));
		ExecutionId timedOut = create(Rows.row(foreign, now(), ExecutionState.owned(LOST, 0)));
		assertThat(abandoned(HERE, earlier(10))).containsExactly(timedOut);
	}

	@Test
	void claimAbandonedWhenNodesAskTogetherGivesNoExecutionToTwo() {
		store().heartbeat(HERE);
		store().heartbeat(THERE);
		List<ExecutionId> lost = IntStream.range(0, 20).mapToObj((i) -> owned(LOST)).toList();
		Instant silentSince = earlier(10);
		List<List<ExecutionId>> claimed = Race
			.run(List.of(claimer(store(), HERE, silentSince), claimer(otherNode(), THERE, silentSince)));
		assertThat(claimed.get(0)).doesNotContainAnyElementsOf(claimed.get(1));
		assertThat(lost).containsAll(claimed.get(0)).containsAll(claimed.get(1));
		assertThat(ids(store().ownedBy(HERE, Set.of()))).containsExactlyInAnyOrderElementsOf(claimed.get(0));
		assertThat(ids(store().ownedBy(THERE, Set.of()))).containsExactlyInAnyOrderElementsOf(claimed.get(1));
	}

	@Test
	void takeoverWhenTheLostNodeWritesFirstLosesThePositionAndReadsAgain() {
		ExecutionId id = owned(LOST);
		abandoned(HERE, earlier(10));
		Await.success(otherNode().append(Appends.events(id, Events.at(2, "lost"))));
		refused(store(), Appends.events(id, Events.at(2, "taker")));
		long next = store().lastEvent(id).map(Event::position).orElseThrow() + 1;
		append(Appends.events(id, Events.at(next, "taker")));
		refused(otherNode(), Appends.events(id, Events.at(3, "lost")));
		assertThat(journal(id)).extracting(Event::invocation).containsExactly(Events.INVOCATION, "lost", "taker");
	}

	@Test
	void releaseWhenAnAbandonedExecutionGoesBackLeavesItToTheNextClaimer() {
		ExecutionId id = owned(LOST);
		ExecutionState before = state(id);
		assertThat(abandoned(HERE, earlier(10))).containsExactly(id);
		assertThat(store().release(id, HERE, before)).isTrue();
		assertThat(state(id)).isEqualTo(before);
		assertThat(store().ownedBy(HERE, Set.of())).isEmpty();
		assertThat(claim(THERE)).isEmpty();
		assertThat(abandoned(THERE, earlier(10))).containsExactly(id);
	}

	@Test
	void stopWhenItIsAppendedFromOutsideFencesTheOwner() {
		ExecutionId id = owned(HERE);
		ExecutionState stopped = ExecutionState.ended(ExecutionStatus.STOPPED, now(), null);
		Await.success(otherNode().append(Appends.update(id, 2, stopped)));
		refused(store(), Appends.update(id, 2, ExecutionState.sleeping(later(5))));
		assertThat(state(id)).isEqualTo(stopped);
		assertThat(store().release(id, HERE, ExecutionState.sleeping(now()))).isFalse();
	}

	@Test
	void cleanUpWhenANodeLeavesLetsOthersTakeItsExecutionsAtOnce() {
		store().heartbeat(LOST);
		ExecutionId id = owned(LOST);
		store().cleanUp(Optional.of(LOST), earlier(10));
		assertThat(abandoned(HERE, earlier(10))).containsExactly(id);
	}

	@Test
	void cleanUpWhenASilentNodeOwnsSomethingKeepsIt() {
		store().heartbeat(LOST);
		ExecutionId id = owned(LOST);
		store().cleanUp(Optional.empty(), later(10));
		assertThat(abandoned(HERE, earlier(10))).isEmpty();
		assertThat(abandoned(HERE, later(10))).containsExactly(id);
	}

	@Test
	void cleanUpWhenASilentNodeOwnsNothingRemovesIt() {
		store().heartbeat(LOST);
		store().heartbeat(THERE);
		store().cleanUp(Optional.empty(), later(10));
		ExecutionId id = owned(LOST);
		assertThat(abandoned(HERE, earlier(10))).containsExactly(id);
	}

	@Test
	void cleanUpWhenANodeReportedLaterKeepsIt() {
		store().heartbeat(THERE);
		store().cleanUp(Optional.empty(), earlier(10));
		owned(THERE);
		assertThat(abandoned(HERE, earlier(10))).isEmpty();
	}

	@Test
	void cleanUpWhenAnExecutionHasEndedDeletesItsSignals() {
		ExecutionId running = sleeping(later(60));
		ExecutionId ended = owned(HERE);
		Signal kept = Rows.signal(running);
		append(Appends.effects(running, 2, Appends.signals(kept, Rows.signal(ended))));
		append(Appends.update(ended, 2, ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), null)));
		store().cleanUp(Optional.empty(), earlier(10));
		assertThat(store().signals(List.of(running, ended))).containsExactly(kept);
	}

	private List<ExecutionId> abandoned(NodeId node, Instant silentSince) {
		return ids(store().claimAbandoned(request(node, 100), silentSince));
	}

	private Callable<List<ExecutionId>> claimer(CheckpointStore store, NodeId node, Instant silentSince) {
		return () -> ids(store.claimAbandoned(request(node, 15), silentSince));
	}

}
