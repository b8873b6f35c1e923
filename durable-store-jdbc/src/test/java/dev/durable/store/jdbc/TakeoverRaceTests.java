package dev.durable.store.jdbc;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.durable.ExecutionId;
import dev.durable.store.ClaimRequest;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import dev.durable.store.StoreClock;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Nodes that find a lost node's executions at the same moment. */
@Timeout(120)
class TakeoverRaceTests {

	private static final int NODES = 3;

	private static final int ROUNDS = 60;

	private static final StoreClock clock = () -> Samples.NOW;

	@ParameterizedTest
	@MethodSource("databases")
	void claimAbandonedWhenNodesAskTogetherGivesNoExecutionToTwo(DataSource database) throws Exception {
		List<JdbcCheckpointStore> stores = IntStream.range(0, NODES).mapToObj((i) -> store(database)).toList();
		stores.forEach((store) -> store.heartbeat(node(stores.indexOf(store))));
		CyclicBarrier together = new CyclicBarrier(NODES);
		ExecutorService threads = Executors.newFixedThreadPool(NODES);
		try {
			for (int round = 0; round < ROUNDS; round++) {
				NodeId lost = new NodeId("lost-" + round);
				Set<ExecutionId> abandoned = create(stores.get(0), lost);
				List<Callable<List<ExecutionId>>> claims = stores.stream()
					.map((store) -> claim(store, node(stores.indexOf(store)), together))
					.toList();
				for (Future<List<ExecutionId>> claim : threads.invokeAll(claims)) {
					assertThat(claim.get()).allMatch(abandoned::remove);
				}
				stores.get(0).claimAbandoned(request(node(0)), Samples.NOW.minusSeconds(10));
			}
		}
		finally {
			threads.shutdown();
			stores.forEach(JdbcCheckpointStore::close);
		}
	}

	static Stream<DataSource> databases() {
		return Databases.each();
	}

	private static Callable<List<ExecutionId>> claim(JdbcCheckpointStore store, NodeId node, CyclicBarrier together) {
		return () -> {
			together.await();
			return store.claimAbandoned(request(node), Samples.NOW.minusSeconds(10))
				.stream()
				.map((row) -> row.identity().id())
				.toList();
		};
	}

	private static Set<ExecutionId> create(JdbcCheckpointStore store, NodeId owner) {
		Set<ExecutionId> ids = new HashSet<>();
		for (int i = 0; i < 10; i++) {
			ExecutionId id = Samples.newId();
			assertThat(Samples.outcome(store.append(Samples.create(id, ExecutionState.owned(owner, 0))))).isNull();
			ids.add(id);
		}
		return ids;
	}

	private static ClaimRequest request(NodeId node) {
		return new ClaimRequest(node, Set.of(Samples.FUNCTION), Samples.NOW, 100);
	}

	private static NodeId node(int number) {
		return new NodeId("node-" + number);
	}

	private static JdbcCheckpointStore store(DataSource database) {
		return JdbcCheckpointStore.builder(database).initializeSchema(true).clock(clock).build();
	}

}
