package dev.durable.store.tck;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import dev.durable.ExecutionId;
import dev.durable.store.Append;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.RowChange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** However many nodes start an execution, it exists once and has one owner. */
abstract class StartContract extends RetentionContract {

	private static final int ROUNDS = 10;

	@Test
	void startWhenItHasSeveralEventsWritesThemAll() {
		ExecutionRow row = Rows.row(ExecutionState.owned(HERE, 0));
		append(new Append(row.identity().id(), List.of(Events.started(), Events.at(2), Events.at(3)),
				new RowChange.Create(row), Effects.NONE));
		assertThat(journal(row.identity().id())).containsExactly(Events.started(), Events.at(2), Events.at(3));
		assertThat(otherNode().find(row.identity().id())).contains(row);
	}

	@Test
	void startWhenNodesOwnWhatTheyStartGivesItToTheWinner() {
		for (int round = 0; round < ROUNDS; round++) {
			ExecutionIdentity identity = Rows.row(ExecutionState.owned(HERE, 0)).identity();
			List<Boolean> won = Race
				.run(List.of(starter(store(), identity, HERE), starter(otherNode(), identity, THERE)));
			assertThat(won).containsOnlyOnce(true);
			NodeId owner = won.get(0) ? HERE : THERE;
			assertThat(state(identity.id())).isEqualTo(ExecutionState.owned(owner, 0));
			assertThat(journal(identity.id())).hasSize(1);
			assertThat(ids(store().ownedBy(won.get(0) ? THERE : HERE, Set.of()))).doesNotContain(identity.id());
			assertThat(claim(HERE)).isEmpty();
		}
	}

	@Test
	void startWhenOthersClaimMeanwhileGivesItOneOwner() {
		for (int round = 0; round < ROUNDS; round++) {
			ExecutionRow row = Rows.row(ExecutionState.sleeping(now()));
			List<ExecutionId> claimed = new ArrayList<>();
			Race.run(List.of(starter(store(), row), starter(otherNode(), row), claimer(store(), HERE),
					claimer(otherNode(), THERE)))
				.forEach(claimed::addAll);
			claimed.addAll(claim(HERE));
			assertThat(claimed).containsExactly(row.identity().id());
			Set<NodeId> owners = new HashSet<>();
			List.of(HERE, THERE)
				.stream()
				.filter((node) -> ids(store().ownedBy(node, Set.of())).contains(row.identity().id()))
				.forEach(owners::add);
			assertThat(owners).hasSize(1);
			assertThat(journal(row.identity().id())).hasSize(1);
		}
	}

	@Test
	void startWhenTheExecutionHasGoneOnChangesNothing() {
		ExecutionRow row = Rows.row(ExecutionState.owned(HERE, 0));
		append(Appends.create(row));
		append(Appends.update(row.identity().id(), 2, ExecutionState.sleeping(later(60))));
		refused(otherNode(), Appends.create(row));
		assertThat(state(row.identity().id())).isEqualTo(ExecutionState.sleeping(later(60)));
		assertThat(journal(row.identity().id())).extracting(Event::position).containsExactly(1L, 2L);
	}

	private Callable<Boolean> starter(CheckpointStore store, ExecutionIdentity identity, NodeId node) {
		return () -> wins(store, Appends.create(new ExecutionRow(identity, ExecutionState.owned(node, 0))));
	}

	private Callable<List<ExecutionId>> starter(CheckpointStore store, ExecutionRow row) {
		return () -> {
			wins(store, Appends.create(row));
			return List.of();
		};
	}

	private Callable<List<ExecutionId>> claimer(CheckpointStore store, NodeId node) {
		return () -> ids(store.claim(request(node, 10)));
	}

}
