package dev.durable.store.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.durable.ExecutionId;
import dev.durable.store.Append;
import dev.durable.store.AppendConflictException;
import dev.durable.store.StoreUnavailableException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What appends of many executions have to do with each other. */
@Timeout(60)
class GroupingTests {

	private static final String JOURNAL_INSERT = "insert into durable_event";

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenAWriteIsInFlightGoesOutWithTheOthers(DataSource database) throws InterruptedException {
		ProbedDataSource probed = new ProbedDataSource(database);
		try (JdbcCheckpointStore store = store(probed)) {
			List<ExecutionId> ids = created(store, 100);
			HeldWrite held = HeldWrite.hold(probed, JOURNAL_INSERT);
			Thread leader = new Thread(() -> store.append(Samples.event(ids.get(0), 2)));
			leader.start();
			held.awaitArrival();
			int before = inserts(probed);
			List<CompletionStage<Void>> followers = ids.stream()
				.skip(1)
				.map((id) -> store.append(Samples.event(id, 2)))
				.toList();
			assertThat(followers).noneMatch((stage) -> stage.toCompletableFuture().isDone());
			held.release();
			assertThat(followers.stream().map(Samples::outcome)).containsOnlyNulls();
			assertThat(inserts(probed) - before).isEqualTo(1);
			leader.join();
			assertThat(store.event(ids.get(0), 2)).isPresent();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenOneOfAGroupConflictsWritesTheOthers(DataSource database) throws InterruptedException {
		ProbedDataSource probed = new ProbedDataSource(database);
		try (JdbcCheckpointStore store = store(probed)) {
			List<ExecutionId> ids = created(store, 10);
			assertThat(Samples.outcome(store.append(Samples.event(ids.get(5), 2, "other")))).isNull();
			List<CompletionStage<Void>> group = group(store, probed,
					ids.stream().skip(1).map((id) -> Samples.event(id, 2)).toList());
			assertThat(Samples.outcome(group.remove(4))).isInstanceOf(AppendConflictException.class);
			assertThat(group.stream().map(Samples::outcome)).containsOnlyNulls();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenSomeOfAGroupFollowWhatIsNotThereWritesTheOthers(DataSource database) throws InterruptedException {
		ProbedDataSource probed = new ProbedDataSource(database);
		try (JdbcCheckpointStore store = store(probed)) {
			List<ExecutionId> ids = created(store, 6);
			List<CompletionStage<Void>> group = group(store, probed,
					List.of(Samples.event(ids.get(0), 2), Samples.following(ids.get(1), 2, "creator"),
							Samples.following(ids.get(2), 3, "creator"), Samples.following(ids.get(3), 2, "another"),
							Samples.following(ids.get(4), 2, "creator"), Samples.event(ids.get(5), 2)));
			assertThat(Samples.outcome(group.remove(2))).isInstanceOf(AppendConflictException.class);
			assertThat(Samples.outcome(group.remove(2))).isInstanceOf(AppendConflictException.class);
			assertThat(group.stream().map(Samples::outcome)).containsOnlyNulls();
			assertThat(ids.stream().map((id) -> store.lastEvent(id).orElseThrow().position())).containsExactly(2L, 2L,
					1L, 1L, 2L, 2L);
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenTheConnectionIsCutBeforeAGroupWritesItAfterAll(DataSource database) throws InterruptedException {
		ProbedDataSource probed = new ProbedDataSource(database);
		try (JdbcCheckpointStore store = store(probed)) {
			List<ExecutionId> ids = created(store, 5);
			List<CompletionStage<Void>> group = group(store, probed,
					ids.stream().skip(1).map((id) -> Samples.event(id, 2)).toList(),
					() -> probed.before(ProbedDataSource.cutAt(JOURNAL_INSERT)));
			assertThat(group.stream().map(Samples::outcome)).containsOnlyNulls();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenTheConnectionIsCutAfterAGroupLeavesItsOutcomeUnknown(DataSource database)
			throws InterruptedException {
		ProbedDataSource probed = new ProbedDataSource(database);
		String commit = commit(database);
		try (JdbcCheckpointStore store = store(probed)) {
			List<ExecutionId> ids = created(store, 5);
			List<Append> appends = ids.stream().skip(1).map((id) -> Samples.event(id, 2)).toList();
			List<CompletionStage<Void>> group = group(store, probed, appends,
					() -> probed.after(ProbedDataSource.cutAt(commit, 1))); // the
																			// leader's
																			// comes first
			assertThat(group.stream().map(Samples::outcome))
				.allSatisfy((failure) -> assertThat(failure).isInstanceOf(StoreUnavailableException.class));
			assertThat(appends.stream().map((append) -> Samples.outcome(store.append(append))))
				.allSatisfy((failure) -> assertThat(failure).isInstanceOf(AppendConflictException.class));
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenTheConnectionIsCutBeforeTheWriteCanBeSentAgain(DataSource database) {
		ProbedDataSource probed = new ProbedDataSource(database);
		try (JdbcCheckpointStore store = store(probed)) {
			ExecutionId id = created(store, 1).get(0);
			probed.before(ProbedDataSource.cutAt(commit(database)));
			Append append = Samples.event(id, 2);
			assertThat(Samples.outcome(store.append(append))).isInstanceOf(StoreUnavailableException.class)
				.hasMessage("Could not append position 2 of execution '%s'".formatted(id));
			assertThat(Samples.outcome(store.append(append))).isNull();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenTheConnectionIsCutAfterTheWriteShowsItWhenSentAgain(DataSource database) {
		ProbedDataSource probed = new ProbedDataSource(database);
		try (JdbcCheckpointStore store = store(probed)) {
			ExecutionId id = created(store, 1).get(0);
			probed.after(ProbedDataSource.cutAt(commit(database)));
			Append append = Samples.event(id, 2, "mine");
			assertThat(Samples.outcome(store.append(append))).isInstanceOf(StoreUnavailableException.class);
			assertThat(Samples.outcome(store.append(append))).isInstanceOf(AppendConflictException.class);
			assertThat(store.event(id, 2))
				.hasValueSatisfying((event) -> assertThat(event.invocation()).isEqualTo("mine"));
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenTheStoreIsClosedIsRefused(DataSource database) {
		JdbcCheckpointStore store = store(database);
		ExecutionId id = created(store, 1).get(0);
		store.close();
		assertThat(Samples.outcome(store.append(Samples.event(id, 2)))).isInstanceOf(StoreUnavailableException.class)
			.hasRootCauseMessage("The store is closed");
	}

	static Stream<DataSource> databases() {
		return Databases.each();
	}

	/** Send appends as one group, behind a write that is held up meanwhile. */
	private static List<CompletionStage<Void>> group(JdbcCheckpointStore store, ProbedDataSource probed,
			List<Append> appends, Runnable beforeRelease) throws InterruptedException {
		HeldWrite held = HeldWrite.hold(probed, JOURNAL_INSERT);
		Thread leader = new Thread(() -> store.append(Samples.create(Samples.newId())));
		leader.start();
		held.awaitArrival();
		List<CompletionStage<Void>> stages = new ArrayList<>(appends.stream().map(store::append).toList());
		held.release(beforeRelease);
		leader.join();
		return stages;
	}

	private static List<CompletionStage<Void>> group(JdbcCheckpointStore store, ProbedDataSource probed,
			List<Append> appends) throws InterruptedException {
		return group(store, probed, appends, () -> {
		});
	}

	private static JdbcCheckpointStore store(DataSource database) {
		return JdbcCheckpointStore.builder(database).initializeSchema(true).build();
	}

	private static List<ExecutionId> created(JdbcCheckpointStore store, int count) {
		List<ExecutionId> ids = IntStream.range(0, count).mapToObj((i) -> Samples.newId()).toList();
		assertThat(ids.stream().map((id) -> Samples.outcome(store.append(Samples.create(id))))).containsOnlyNulls();
		return ids;
	}

	private static int inserts(ProbedDataSource probed) {
		return (int) probed.sent().stream().filter((sent) -> sent.sql().contains(JOURNAL_INSERT)).count();
	}

	/**
	 * What makes a write durable: a statement of its own, or the end of a transaction.
	 */
	private static String commit(DataSource database) {
		return (database instanceof JdbcDataSource) ? "commit" : JOURNAL_INSERT;
	}

	/** A write that waits until the test lets it go on. */
	private record HeldWrite(CountDownLatch arrived, CountDownLatch released, ProbedDataSource probed) {

		static HeldWrite hold(ProbedDataSource probed, String text) {
			HeldWrite held = new HeldWrite(new CountDownLatch(1), new CountDownLatch(1), probed);
			probed.before((sql) -> {
				if (sql.contains(text) && held.arrived.getCount() > 0) {
					held.arrived.countDown();
					held.awaitRelease();
				}
			});
			return held;
		}

		void awaitArrival() throws InterruptedException {
			this.arrived.await();
		}

		void release() {
			release(() -> {
			});
		}

		void release(Runnable first) {
			this.probed.before((sql) -> {
			});
			first.run();
			this.released.countDown();
		}

		private void awaitRelease() throws SQLException {
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				throw new SQLException(ex);
			}
		}

	}

}
