package dev.durable.store.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.durable.ExecutionId;
import dev.durable.store.AppendConflictException;
import dev.durable.store.Event;
import dev.durable.store.TransactionalStore.Completion;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Appends that join the application's transaction, and appends that must not. */
@Timeout(60)
class TransactionalAppendTests {

	@ParameterizedTest
	@MethodSource("databases")
	void appendInTransactionWhenItCommitsIsDurableThenAndNotBefore(DataSource database) {
		try (JdbcCheckpointStore store = store(database, database)) {
			ExecutionId id = created(store);
			transaction(database).executeWithoutResult((status) -> {
				assertThat(store.inTransaction()).isTrue();
				store.appendInTransaction(Samples.event(id, 2));
				assertThat(store.event(id, 2)).isEmpty();
			});
			assertThat(store.event(id, 2)).isPresent();
			assertThat(store.inTransaction()).isFalse();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendInTransactionWhenItRollsBackFreesThePosition(DataSource database) {
		try (JdbcCheckpointStore store = store(database, database)) {
			ExecutionId id = created(store);
			transaction(database).executeWithoutResult((status) -> {
				store.appendInTransaction(Samples.event(id, 2));
				status.setRollbackOnly();
			});
			assertThat(Samples.outcome(store.append(Samples.event(id, 2, "other")))).isNull();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendInTransactionWhenThePositionIsTakenIsRefused(DataSource database) {
		try (JdbcCheckpointStore store = store(database, database)) {
			ExecutionId id = created(store);
			assertThatExceptionOfType(AppendConflictException.class)
				.isThrownBy(() -> transaction(database)
					.executeWithoutResult((status) -> store.appendInTransaction(Samples.event(id, 1))))
				.withMessage(
						"Position 1 of execution '%s' does not follow its journal; another writer was faster, or removed it"
							.formatted(id));
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendInTransactionWhenWhatItFollowsIsNotThereIsRefused(DataSource database) {
		try (JdbcCheckpointStore store = store(database, database)) {
			ExecutionId id = created(store);
			assertThatExceptionOfType(AppendConflictException.class).isThrownBy(() -> transaction(database)
				.executeWithoutResult((status) -> store.appendInTransaction(Samples.following(id, 3, "creator"))));
			transaction(database)
				.executeWithoutResult((status) -> store.appendInTransaction(Samples.following(id, 2, "creator")));
			assertThat(store.lastEvent(id)).map(Event::position).contains(2L);
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendInTransactionWhenItFailsCannotBeCommittedByACallerThatGoesOn(DataSource database) {
		try (JdbcCheckpointStore store = store(database, database)) {
			ExecutionId id = created(store);
			ExecutionId other = Samples.newId();
			assertThatExceptionOfType(UnexpectedRollbackException.class)
				.isThrownBy(() -> transaction(database).executeWithoutResult((status) -> {
					store.appendInTransaction(Samples.create(other));
					assertThatExceptionOfType(AppendConflictException.class)
						.isThrownBy(() -> store.appendInTransaction(Samples.event(id, 1)));
				}));
			assertThat(store.find(other)).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendInTransactionWhenItStartsAnExecutionHidesItUntilTheCommit(DataSource database) {
		try (JdbcCheckpointStore store = store(database, database)) {
			ExecutionId id = Samples.newId();
			transaction(database).executeWithoutResult((status) -> {
				store.appendInTransaction(Samples.create(id));
				assertThat(store.find(id)).isEmpty();
			});
			assertThat(store.find(id)).isPresent();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void onCompletionWhenItCommitsRunsLastBeforeAndTellsAfter(DataSource database) {
		try (JdbcCheckpointStore store = store(database, database)) {
			ExecutionId id = created(store);
			List<String> order = new ArrayList<>();
			AtomicReference<Completion> completion = new AtomicReference<>();
			transaction(database).executeWithoutResult((status) -> {
				TransactionSynchronizationManager.registerSynchronization(beforeCommit(order, "first"));
				store.onCompletion(() -> {
					order.add("store");
					store.appendInTransaction(Samples.event(id, 2));
				}, completion::set);
				TransactionSynchronizationManager.registerSynchronization(new Ordered(order));
			});
			assertThat(order).containsExactly("ordered", "first", "store");
			assertThat(completion).hasValue(Completion.COMMITTED);
			assertThat(store.event(id, 2)).isPresent();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void onCompletionWhenItThrowsBeforeTheCommitRollsBack(DataSource database) {
		try (JdbcCheckpointStore store = store(database, database)) {
			ExecutionId id = created(store);
			AtomicReference<Completion> completion = new AtomicReference<>();
			assertThatIllegalStateException().isThrownBy(() -> transaction(database).executeWithoutResult((status) -> {
				store.appendInTransaction(Samples.event(id, 2));
				store.onCompletion(() -> {
					throw new IllegalStateException("for the test");
				}, completion::set);
			})).withMessage("for the test");
			assertThat(completion).hasValue(Completion.ROLLED_BACK);
			assertThat(store.event(id, 2)).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void inTransactionWhenAnotherResourceBeganItIsFalse(DataSource database) {
		try (JdbcCheckpointStore store = store(database, database)) {
			ExecutionId id = created(store);
			DataSource other = Databases.h2Memory();
			transaction(other).executeWithoutResult((status) -> {
				// binds a connection of this DataSource, which commits by itself
				new JdbcTemplate(database).queryForList("select 1");
				assertThat(store.inTransaction()).isFalse();
				assertThatIllegalStateException().isThrownBy(() -> store.appendInTransaction(Samples.event(id, 2)))
					.withMessage("The calling thread has no active transaction on the store's DataSource");
			});
			assertThatIllegalStateException().isThrownBy(() -> store.onCompletion(() -> {
			}, (completion) -> {
			}));
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void inTransactionWhenTheDataSourceIsAProxyFindsItsTransaction(DataSource database) {
		LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy(database);
		TransactionAwareDataSourceProxy aware = new TransactionAwareDataSourceProxy(lazy);
		for (DataSource given : List.of(lazy, aware)) {
			try (JdbcCheckpointStore store = store(database, given)) {
				ExecutionId id = created(store);
				transaction(given).executeWithoutResult((status) -> {
					assertThat(store.inTransaction()).isTrue();
					store.appendInTransaction(Samples.event(id, 2));
				});
				assertThat(store.lastEvent(id)).map(Event::position).contains(2L);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenTheCallerIsInATransactionStaysOutOfIt(DataSource database) {
		try (JdbcCheckpointStore store = store(database, database)) {
			ExecutionId id = created(store);
			transaction(database).executeWithoutResult((status) -> {
				assertThat(Samples.outcome(store.append(Samples.event(id, 2)))).isNull();
				store.heartbeat(Samples.NODE);
				status.setRollbackOnly();
			});
			assertThat(store.event(id, 2)).isPresent();
			assertThat(Databases.queryText(database, "select count(*) from durable_node")).isEqualTo("1");
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenTheCallerHoldsEveryPooledConnectionIsNotHeldUp(DataSource database) {
		try (HikariDataSource pool = Databases.pool(database, 1); JdbcCheckpointStore store = store(database, pool)) {
			ExecutionId id = created(store);
			transaction(pool).executeWithoutResult((status) -> {
				assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
				assertThat(Samples.outcome(store.append(Samples.event(id, 2)))).isNull();
				assertThat(store.find(id)).isPresent();
				store.appendInTransaction(Samples.event(id, 3));
			});
			assertThat(store.lastEvent(id)).map(Event::position).contains(3L);
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void callWhenTheCallerIsInATransactionGivesItsConnectionBackAtOnce(DataSource database) {
		try (HikariDataSource pool = Databases.pool(database, 5); JdbcCheckpointStore store = store(pool, database)) {
			ExecutionId id = created(store);
			transaction(database).executeWithoutResult((status) -> {
				store.find(id);
				store.queries().find(id);
				int kept = 1; // the writer's
				assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isEqualTo(kept);
			});
		}
	}

	static Stream<DataSource> databases() {
		return Databases.each();
	}

	private static JdbcCheckpointStore store(DataSource connections, DataSource transactional) {
		return JdbcCheckpointStore.builder(connections)
			.transactional(transactional)
			.initializeSchema(true)
			.lockTimeout(Duration.ofSeconds(10))
			.build();
	}

	private static ExecutionId created(JdbcCheckpointStore store) {
		ExecutionId id = Samples.newId();
		assertThat(Samples.outcome(store.append(Samples.create(id)))).isNull();
		return id;
	}

	private static TransactionTemplate transaction(DataSource dataSource) {
		return new TransactionTemplate(new DataSourceTransactionManager(dataSource));
	}

	private static TransactionSynchronization beforeCommit(List<String> order, String name) {
		return new TransactionSynchronization() {

			@Override
			public void beforeCommit(boolean readOnly) {
				order.add(name);
			}

		};
	}

	/** Registered late, but wants to be early. */
	private record Ordered(List<String> order) implements TransactionSynchronization {

		@Override
		public int getOrder() {
			return 0;
		}

		@Override
		public void beforeCommit(boolean readOnly) {
			this.order.add("ordered");
		}

	}

}
