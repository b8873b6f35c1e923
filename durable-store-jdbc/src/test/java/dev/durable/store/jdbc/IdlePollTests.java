package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An idle poll does not look at executions that sleep. */
class IdlePollTests {

	private static final String SLEEPERS = "insert into durable_execution (id, function_name, function_version,"
			+ " input_digest, started_at, status, wake_at, failures) select concat('sleeper-', %1$s),"
			+ " 'process-order', '1', 'digest', 1, 'RUNNING', 9000000000000 + %1$s, 0 from %2$s";

	@Test
	void claimOnPostgresWhenTenThousandSleepUsesTheIndexes() throws Exception {
		DataSource database = PostgresServer.freshDatabase();
		ProbedDataSource probed = new ProbedDataSource(database);
		JdbcCheckpointStore store = store(probed);
		Databases.execute(database, SLEEPERS.formatted("x", "generate_series(1, 10000) as x"));
		for (String statistics : List.of("reset all", "analyze")) {
			Databases.execute(database, statistics);
			List<String> plans = plans(database, "explain (analyze, costs off, timing off) ", poll(store, probed));
			assertThat(plans.get(0)).contains("durable_execution_due").doesNotContain("Seq Scan on durable_execution");
			assertThat(plans.get(1)).contains("durable_execution_pk").doesNotContain("Seq Scan on durable_execution");
		}
	}

	@Test
	void claimOnH2WhenTenThousandSleepUsesTheIndexes() throws Exception {
		DataSource database = Databases.h2Memory();
		ProbedDataSource probed = new ProbedDataSource(database);
		JdbcCheckpointStore store = store(probed);
		Databases.execute(database, SLEEPERS.formatted("x", "system_range(1, 10000)"));
		for (String statistics : List.of("select 1", "analyze")) {
			Databases.execute(database, statistics);
			List<String> plans = plans(database, "explain analyze ", poll(store, probed));
			assertThat(plans.get(0)).contains("DURABLE_EXECUTION_DUE").doesNotContain("tableScan");
			assertThat(plans.get(1)).contains(": ID IN").doesNotContain("DURABLE_EXECUTION.tableScan");
		}
	}

	@Test
	void claimOnMariaDbWhenTenThousandSleepUsesTheIndexes() throws Exception {
		DataSource database = MariaDbServer.freshDatabase();
		ProbedDataSource probed = new ProbedDataSource(database);
		JdbcCheckpointStore store = store(probed);
		Databases.execute(database, SLEEPERS.formatted("seq", "seq_1_to_10000"));
		for (String statistics : List.of("select 1", "analyze table durable_execution, durable_signal")) {
			Databases.execute(database, statistics);
			List<String> plans = plans(database, "explain format=json ", poll(store, probed));
			assertThat(plans.get(0)).contains("\"key\": \"durable_execution_due\"").doesNotContain("filesort");
			assertThat(plans.get(1).split("\"table_name\"")).satisfies((tables) -> {
				assertThat(tables[1]).contains("durable_signal");
				assertThat(tables[2]).contains("durable_execution", "\"key\": \"PRIMARY\"");
			});
		}
	}

	private static JdbcCheckpointStore store(DataSource database) {
		JdbcCheckpointStore store = JdbcCheckpointStore.builder(database).initializeSchema(true).build();
		store.heartbeat(Samples.NODE);
		return store;
	}

	private static List<ProbedDataSource.Sent> poll(JdbcCheckpointStore store, ProbedDataSource probed) {
		int before = probed.sent().size();
		assertThat(store.claim(Claims.request(100))).isEmpty();
		List<ProbedDataSource.Sent> sent = List.copyOf(probed.sent().subList(before, probed.sent().size()));
		assertThat(sent).hasSize(2);
		return sent;
	}

	private static List<String> plans(DataSource database, String explain, List<ProbedDataSource.Sent> statements)
			throws SQLException, ReflectiveOperationException {
		List<String> plans = new ArrayList<>();
		try (Connection connection = database.getConnection()) {
			String product = connection.getMetaData().getDatabaseProductName();
			for (String setup : SqlDialect.of(product).setup().kept()) {
				connection.createStatement().execute(setup);
			}
			for (ProbedDataSource.Sent sent : statements) {
				try (PreparedStatement statement = connection.prepareStatement(explain + sent.sql())) {
					sent.bind(statement);
					plans.add(lines(statement));
				}
			}
		}
		return plans;
	}

	private static String lines(PreparedStatement statement) throws SQLException {
		StringBuilder lines = new StringBuilder();
		try (ResultSet result = statement.executeQuery()) {
			while (result.next()) {
				lines.append(result.getString(1)).append('\n');
			}
		}
		return lines.toString();
	}

}
