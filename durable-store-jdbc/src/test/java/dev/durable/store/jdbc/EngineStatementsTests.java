package dev.durable.store.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import dev.durable.ExecutionHandle;
import dev.durable.FunctionVersion;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.embedded.EngineSettings;
import dev.durable.engine.FunctionDefinition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an execution costs, as PostgreSQL's log counts it. */
class EngineStatementsTests {

	private static final Duration LONG = Duration.ofHours(1);

	/**
	 * Polls and heartbeats are the node's, not the execution's: none comes after those of
	 * the start.
	 */
	private static final EngineSettings SETTINGS = EngineSettings.defaults()
		.with(new EngineSettings.Node(10, LONG, LONG, LONG.multipliedBy(3), Duration.ofSeconds(30)));

	private final DataSource database = PostgresServer.freshDatabase();

	private final CountedThreads threads = new CountedThreads();

	@Test
	void executionWithTenStepsIsTwelveStatementsEachItsOwnCommit() {
		ServerLog log = ServerLog.of(this.database);
		try (JdbcCheckpointStore store = JdbcCheckpointStore.builder(this.database).initializeSchema(true).build()) {
			EmbeddedEngine engine = EmbeddedEngine.builder(store, store.queries(), new JacksonPayloadCodec())
				.functions(() -> List.of(tenSteps()))
				.settings(SETTINGS)
				.executor(this.threads)
				// A slow machine must not count what only watchers of long steps need.
				.timers((delay, task) -> () -> {
				})
				.build();
			engine.start();
			run(engine);
			Awaitility.await("the node's first poll and heartbeat").until(this.threads::areIdle);
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

	/** A thread for each task, and whether any is at work. */
	private static final class CountedThreads implements Executor {

		private final AtomicInteger tasks = new AtomicInteger();

		@Override
		public void execute(Runnable task) {
			this.tasks.incrementAndGet();
			Thread thread = new Thread(() -> {
				try {
					task.run();
				}
				finally {
					this.tasks.decrementAndGet();
				}
			});
			thread.setDaemon(true);
			thread.start();
		}

		boolean areIdle() {
			return this.tasks.get() == 0;
		}

	}

}
