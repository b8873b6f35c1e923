package dev.durable.store.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.FunctionVersion;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ClaimRequest;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Executions that wait and are due go to one node each. */
abstract class ClaimContract extends ReadContract {

	private static final FunctionVersion FOREIGN = new FunctionVersion("ship-order", "1");

	@Test
	void claimWhenTheWakeUpHasComeTakesTheExecution() {
		ExecutionId due = sleeping(now());
		ExecutionId overdue = sleeping(earlier(10));
		sleeping(now().plusMillis(1));
		sleeping(null);
		assertThat(claim(HERE)).containsExactly(overdue, due);
	}

	@Test
	void claimWhenTimePassesTakesWhatBecameDue() {
		ExecutionId id = sleeping(later(60));
		assertThat(claim(HERE)).isEmpty();
		time().advance(Duration.ofSeconds(60));
		assertThat(claim(HERE)).containsExactly(id);
	}

	@Test
	void claimWhenItTakesReturnsRowsAsBeforeAndMakesThemOwned() {
		ExecutionRow row = Rows
			.row(new ExecutionState(ExecutionStatus.RUNNING, null, earlier(1), 3, "Blocked by its code", null, null));
		ExecutionId id = create(row);
		assertThat(store().claim(request(HERE, 10))).containsExactly(row);
		ExecutionState state = state(id);
		assertThat(state.node()).isEqualTo(HERE);
		assertThat(state.wakeAt()).isNull();
		assertThat(state.failures()).isEqualTo(3);
		assertThat(state.status()).isEqualTo(ExecutionStatus.RUNNING);
		assertThat(claim(HERE)).isEmpty();
		assertThat(ids(otherNode().claim(request(THERE, 10)))).isEmpty();
	}

	@Test
	void claimWhenMoreAreDueThanAskedForTakesTheOldest() {
		ExecutionId third = sleeping(earlier(1));
		ExecutionId first = sleeping(earlier(3));
		ExecutionId second = sleeping(earlier(2));
		assertThat(ids(store().claim(request(HERE, 2)))).containsExactly(first, second);
		assertThat(ids(store().claim(request(HERE, 2)))).containsExactly(third);
	}

	@Test
	void claimWhenAnExecutionIsOwnedOrEndedPassesItOver() {
		owned(THERE);
		create(ExecutionState.ended(ExecutionStatus.SUCCEEDED, now(), null));
		assertThat(claim(HERE)).isEmpty();
	}

	@Test
	void claimWhenTheNodeLacksTheFunctionOrItsVersionPassesItOver() {
		create(Rows.row(FOREIGN, null, ExecutionState.sleeping(now())));
		create(Rows.row(new FunctionVersion(Rows.FUNCTION.name(), "2"), null, ExecutionState.sleeping(now())));
		create(Rows.row(FOREIGN, later(1), ExecutionState.sleeping(now())));
		assertThat(claim(HERE)).isEmpty();
	}

	@Test
	void claimWhenAForeignFunctionsTimeoutHasPassedTakesIt() {
		ExecutionId id = create(Rows.row(FOREIGN, now(), ExecutionState.sleeping(now())));
		assertThat(claim(HERE)).containsExactly(id);
	}

	@Test
	void claimWhenANodeHasNoFunctionsTakesOnlyWhatTimedOut() {
		sleeping(now());
		ExecutionId id = create(Rows.row(FOREIGN, earlier(1), ExecutionState.sleeping(earlier(1))));
		assertThat(ids(store().claim(new ClaimRequest(HERE, Set.of(), now(), 10)))).containsExactly(id);
	}

	@Test
	void claimWhenANodeHasSeveralFunctionsTakesTheExecutionsOfEach() {
		ExecutionId first = create(Rows.row(FOREIGN, null, ExecutionState.sleeping(earlier(2))));
		ExecutionId second = sleeping(earlier(1));
		assertThat(ids(store().claim(new ClaimRequest(HERE, Set.of(Rows.FUNCTION, FOREIGN), now(), 10))))
			.containsExactly(first, second);
	}

	@Test
	void claimWhenItsReplyIsLostShowsInWhatTheNodeOwns() {
		ExecutionId id = sleeping(now());
		store().claim(request(HERE, 10));
		assertThat(ids(otherNode().ownedBy(HERE, Set.of()))).containsExactly(id);
		assertThat(store().ownedBy(HERE, Set.of())).containsExactly(store().find(id).orElseThrow());
		assertThat(store().ownedBy(THERE, Set.of())).isEmpty();
	}

	@Test
	void claimWhenNodesAskTogetherGivesNoExecutionToTwo() {
		for (int round = 0; round < 5; round++) {
			List<ExecutionId> due = IntStream.range(0, 20).mapToObj((i) -> sleeping(earlier(i))).toList();
			List<Callable<List<ExecutionId>>> nodes = IntStream.range(0, 4).mapToObj((i) -> {
				CheckpointStore store = (i % 2 == 0) ? store() : otherNode();
				return (Callable<List<ExecutionId>>) () -> claimAll(store, new NodeId("node-" + i));
			}).toList();
			List<List<ExecutionId>> claimed = new ArrayList<>(Race.run(nodes));
			// an execution that two nodes met at may have been passed over by both
			claimed.add(claim(HERE));
			assertThat(claimed.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(due);
			for (int i = 0; i < 4; i++) {
				NodeId node = new NodeId("node-" + i);
				Set<ExecutionId> owned = new HashSet<>(ids(store().ownedBy(node, Set.of())));
				assertThat(owned).containsAll(claimed.get(i));
			}
		}
	}

	@Test
	void releaseWhenTheNodeOwnsTheExecutionReplacesItsState() {
		ExecutionId id = owned(HERE);
		ExecutionState state = new ExecutionState(ExecutionStatus.RUNNING, null, later(5), 2, "Blocked", null, null);
		assertThat(store().release(id, HERE, state)).isTrue();
		assertThat(state(id)).isEqualTo(state);
		assertThat(journal(id)).hasSize(1);
		assertThat(store().ownedBy(HERE, Set.of())).isEmpty();
	}

	@Test
	void releaseWhenAnotherNodeOwnsTheExecutionChangesNothing() {
		ExecutionId id = owned(THERE);
		ExecutionId free = sleeping(later(5));
		for (ExecutionId other : List.of(id, free)) {
			ExecutionState before = state(other);
			assertThat(store().release(other, HERE, ExecutionState.sleeping(now()))).isFalse();
			assertThat(state(other)).isEqualTo(before);
		}
		assertThat(store().release(Rows.newId(), HERE, ExecutionState.sleeping(now()))).isFalse();
	}

	@Test
	void retryBlockedWhenNobodyWorksOnABlockedExecutionMakesItDue() {
		ExecutionId blocked = create(blocked(null));
		ExecutionId foreign = create(Rows.row(FOREIGN, null, blocked(null).state()));
		ExecutionId unblocked = sleeping(later(3600));
		ExecutionId running = create(blocked(HERE));
		store().retryBlocked(request(HERE, 1));
		assertThat(state(blocked).wakeAt()).isEqualTo(now());
		assertThat(claim(THERE)).containsExactly(blocked);
		assertThat(Stream.of(foreign, unblocked).map((id) -> state(id).wakeAt())).containsOnly(later(3600));
		assertThat(state(running).node()).isEqualTo(HERE);
	}

	@Test
	void retryBlockedWhenThereAreMoreThanTheLimitMakesThemAllDue() {
		List<ExecutionId> blocked = List.of(create(blocked(null)), create(blocked(null)), create(blocked(null)));
		store().retryBlocked(request(HERE, 1));
		assertThat(claim(HERE)).containsExactlyInAnyOrderElementsOf(blocked);
	}

	private ExecutionRow blocked(@Nullable NodeId node) {
		return Rows.row(new ExecutionState(ExecutionStatus.RUNNING, node, (node != null) ? null : later(3600), 0,
				"Blocked by its code", null, null));
	}

	private List<ExecutionId> claimAll(CheckpointStore store, NodeId node) {
		List<ExecutionId> all = new ArrayList<>();
		for (List<ExecutionId> some = ids(store.claim(request(node, 3))); !some
			.isEmpty(); some = ids(store.claim(request(node, 3)))) {
			all.addAll(some);
		}
		return all;
	}

}
