package dev.durable.store.jdbc;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import dev.durable.ExecutionHandle;
import dev.durable.FunctionVersion;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.embedded.EngineSettings;
import dev.durable.engine.FunctionDefinition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an execution costs, as PostgreSQL's log counts it. */
class EngineStatementsTests {

	private static final Duration LONG = Duration.ofHours(1);

	/**
	 * Polls and heartbeats are the node's, not the execution's: none comes during the
	 * test.
	 */
	private static final EngineSettings SETTINGS = new EngineSettings(10, LONG, LONG, LONG.multipliedBy(3),
			Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofDays(1), 1_000_000);

	private final DataSource database = PostgresServer.freshDatabase();

	@Test
	void executionWithTenStepsIsTwelveStatementsEachItsOwnCommit() {
		ServerLog log = ServerLog.of(this.database);
		try (JdbcCheckpointStore store = JdbcCheckpointStore.builder(this.database).initializeSchema(true).build()) {
			EmbeddedEngine engine = EmbeddedEngine.builder(store, store.queries(), new JacksonPayloadCodec())
				.functions(() -> List.of(tenSteps()))
				.settings(SETTINGS)
				.build();
			engine.start();
			run(engine);
			List<String> statements = log.during(() -> run(engine));
			assertThat(statements).noneMatch(
					(statement) -> statement.matches("(?is)(begin|commit|rollback|start transaction|savepoint).*"));
			List<String> execution = statements.stream().filter((sql) -> !isLookOfTheCaller(sql)).toList();
			assertThat(execution).hasSize(12);
			assertThat(execution.subList(1, 11)).allMatch((sql) -> sql.startsWith("insert into durable_event "));
			engine.stop();
		}
	}

	private static FunctionDefinition tenSteps() {
		return new FunctionDefinition(new FunctionVersion("ten", "1"), Integer.class, Integer.class, null,
				(context, input) -> {
					int sum = 0;
					for (int i = 0; i < 10; i++) {
						int before = sum;
						sum = context.step("add-" + i, Integer.class, (step) -> before + 1);
					}
					return sum;
				});
	}

	/**
	 * Who waits for a result looks at the newest event; that is not the execution's cost.
	 */
	private static boolean isLookOfTheCaller(String sql) {
		return sql.startsWith("select") && sql.contains("from durable_event") && sql.contains("order by position desc");
	}

	private static void run(EmbeddedEngine engine) {
		ExecutionHandle<Object> handle = engine.client().function("ten").start(0);
		assertThat(handle.result(Duration.ofSeconds(30))).isEqualTo(10);
	}

}
