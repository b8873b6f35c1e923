package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.durable.ExecutionId;
import dev.durable.ExecutionQuery;
import dev.durable.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.datasource.AbstractDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
class JdbcSchemaTests {

	private static final int NODES = 6;

	@ParameterizedTest
	@MethodSource("databases")
	void firstUseWhenSeveralNodesStartTogetherCreatesTheTablesOnce(DataSource database) throws Exception {
		CyclicBarrier together = new CyclicBarrier(NODES);
		ExecutorService threads = Executors.newFixedThreadPool(NODES);
		try {
			List<Callable<Throwable>> starts = new ArrayList<>();
			for (int i = 0; i < NODES; i++) {
				starts.add(() -> {
					JdbcCheckpointStore store = JdbcCheckpointStore.builder(database).initializeSchema(true).build();
					together.await();
					return Samples.outcome(store.append(Samples.create(Samples.newId())));
				});
			}
			for (Future<Throwable> start : threads.invokeAll(starts)) {
				assertThat(start.get()).isNull();
			}
		}
		finally {
			threads.shutdown();
		}
		assertThat(Databases.queryText(database, "select count(*) from durable_execution"))
			.isEqualTo(String.valueOf(NODES));
	}

	@ParameterizedTest
	@MethodSource("databases")
	void prefixWhenItIsSetNamesEveryTable(DataSource database) {
		for (String prefix : List.of("App_", "x")) {
			try (JdbcCheckpointStore store = JdbcCheckpointStore.builder(database)
				.tablePrefix(prefix)
				.initializeSchema(true)
				.build()) {
				ExecutionId id = Samples.newId();
				assertThat(Samples.outcome(store.append(Samples.create(id)))).isNull();
				assertThat(store.queries().list(ExecutionQuery.all()).executions()).hasSize(1);
				assertThat(store.queries().history(id, 0, 10)).hasSize(1);
				assertThat(Databases.queryText(database, "select count(*) from " + prefix + "event")).isEqualTo("1");
			}
		}
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> Databases.queryText(database, "select count(*) from durable_event"));
	}

	@ParameterizedTest
	@MethodSource("databases")
	void firstUseWhenTheSchemaIsNotInitializedFailsUntilSomebodyCreatesIt(DataSource database) throws SQLException {
		try (JdbcCheckpointStore store = JdbcCheckpointStore.builder(database).build()) {
			assertThat(Samples.outcome(store.append(Samples.create(Samples.newId()))))
				.isInstanceOf(StoreUnavailableException.class);
			try (Connection connection = database.getConnection()) {
				SqlDialect dialect = SqlDialect.of(connection.getMetaData().getDatabaseProductName());
				new JdbcSchema(dialect, new TablePrefix(TablePrefix.DEFAULT)).create(connection);
			}
			assertThat(Samples.outcome(store.append(Samples.create(Samples.newId())))).isNull();
		}
	}

	@Test
	void prefixWhenItIsNoIdentifierIsRefused() {
		DataSource database = Databases.h2Memory();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> JdbcCheckpointStore.builder(database).tablePrefix("a.b; drop").build())
			.withMessageStartingWith("'tablePrefix' must match");
	}

	@Test
	void storeWhenTheDatabaseIsDownIsBuiltAndWorksOnceItIsUp() {
		SwitchedDataSource database = new SwitchedDataSource(Databases.h2Memory());
		try (JdbcCheckpointStore store = JdbcCheckpointStore.builder(database).initializeSchema(true).build()) {
			assertThat(database.asked).isZero();
			assertThat(Samples.outcome(store.append(Samples.create(Samples.newId()))))
				.isInstanceOf(StoreUnavailableException.class)
				.hasMessage("Could not prepare the database: It is down");
			assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.claim(Claims.request(1)));
			assertThatExceptionOfType(StoreUnavailableException.class)
				.isThrownBy(() -> store.queries().list(ExecutionQuery.all()));
			database.up = true;
			assertThat(Samples.outcome(store.append(Samples.create(Samples.newId())))).isNull();
			assertThat(store.queries().list(ExecutionQuery.all()).executions()).hasSize(1);
		}
	}

	@Test
	void dialectWhenTheDatabaseIsAnotherSaysWhichWork() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> SqlDialect.of("Oracle"))
			.withMessage("The durable store works with [H2, PostgreSQL, MariaDB, MySQL] but the database is 'Oracle';"
					+ " give it another DataSource");
	}

	static Stream<DataSource> databases() {
		return Databases.each();
	}

	/** A database that is down until it is switched on. */
	private static final class SwitchedDataSource extends AbstractDataSource {

		private final DataSource target;

		private volatile boolean up;

		private volatile int asked;

		SwitchedDataSource(DataSource target) {
			this.target = target;
		}

		@Override
		public Connection getConnection() throws SQLException {
			this.asked = this.asked + 1;
			if (!this.up) {
				throw new SQLException("It is down", "08001");
			}
			return this.target.getConnection();
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

}
