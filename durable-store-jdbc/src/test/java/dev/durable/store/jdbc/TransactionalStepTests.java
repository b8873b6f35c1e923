package dev.durable.store.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.durable.EventType;
import dev.durable.ExecutionHandle;
import dev.durable.FunctionVersion;
import dev.durable.HistoryEvent;
import dev.durable.RetryStrategy;
import dev.durable.StepOptions;
import dev.durable.codec.JacksonPayloadCodec;
import dev.durable.context.CurrentExecution;
import dev.durable.embedded.EmbeddedEngine;
import dev.durable.engine.FunctionBody;
import dev.durable.engine.FunctionDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Steps whose effect and record commit together, on the engine. */
class TransactionalStepTests {

	private static final StepOptions QUICK = StepOptions.defaults()
		.withRetry(RetryStrategy.backoff().maxAttempts(3).initialDelay(Duration.ZERO).build());

	private HikariDataSource pool;

	private JdbcCheckpointStore store;

	private EmbeddedEngine engine;

	private TransactionTemplate transaction;

	private JdbcClient jdbc;

	enum Server {

		H2, POSTGRESQL, MARIADB;

		DataSource freshDatabase() {
			return switch (this) {
				case H2 -> Databases.h2Memory();
				case POSTGRESQL -> PostgresServer.freshDatabase();
				case MARIADB -> MariaDbServer.freshDatabase();
			};
		}

	}

	private void start(Server server, FunctionBody body) {
		DataSource database = server.freshDatabase();
		this.pool = Databases.pool(database, 3);
		this.jdbc = JdbcClient.create(this.pool);
		this.jdbc.sql("create table effect (id varchar(64))").update();
		this.transaction = new TransactionTemplate(new DataSourceTransactionManager(this.pool));
		this.store = JdbcCheckpointStore.builder(Databases.pool(database, 8))
			.transactional(this.pool)
			.initializeSchema(true)
			.build();
		this.engine = EmbeddedEngine.builder(this.store, this.store.queries(), new JacksonPayloadCodec())
			.functions(() -> List
				.of(new FunctionDefinition(new FunctionVersion("flow", "1"), Object.class, Object.class, null, body)))
			.build();
		this.engine.start();
	}

	@AfterEach
	void stop() {
		this.engine.stop();
		this.store.close();
		this.pool.close();
	}

	/** What the innermost hook of an intercepted method does. */
	private <T> T inTransaction(String effect, T result) {
		return this.transaction.execute((status) -> {
			this.jdbc.sql("insert into effect values (?)").param(effect).update();
			CurrentExecution.stepReturned(result);
			return result;
		});
	}

	private int effects() {
		return this.jdbc.sql("select count(*) from effect").query(Integer.class).single();
	}

	private static List<EventType> types(ExecutionHandle<?> handle) {
		return handle.history().stream().map(HistoryEvent::type).toList();
	}

	@ParameterizedTest
	@EnumSource
	void stepWhenItsTransactionCommitsIsRecordedWithIt(Server server) {
		start(server, (context, input) -> {
			String one = context.step("one", String.class, (step) -> inTransaction("a", "1"));
			return one + context.step("two", String.class, (step) -> inTransaction("b", "2"));
		});
		ExecutionHandle<Object> handle = this.engine.client().function("flow").start(null);
		assertThat(handle.result(Duration.ofSeconds(30))).isEqualTo("12");
		assertThat(effects()).isEqualTo(2);
		assertThat(types(handle)).containsExactly(EventType.EXECUTION_STARTED, EventType.STEP_STARTED,
				EventType.STEP_SUCCEEDED, EventType.STEP_STARTED, EventType.STEP_SUCCEEDED,
				EventType.INVOCATION_COMPLETED, EventType.EXECUTION_SUCCEEDED);
	}

	@ParameterizedTest
	@EnumSource
	void stepWhenItsTransactionOnlyReadsIsRecordedAfterIt(Server server) {
		start(server, (context, input) -> {
			this.transaction.setReadOnly(true);
			return context.step("look", String.class, QUICK, (step) -> this.transaction.execute((status) -> {
				String found = "found " + effects();
				CurrentExecution.stepReturned(found);
				return found;
			}));
		});
		ExecutionHandle<Object> handle = this.engine.client().function("flow").start(null);
		assertThat(handle.result(Duration.ofSeconds(30))).isEqualTo("found 0");
	}

	@ParameterizedTest
	@EnumSource
	void stepWhenItsTransactionRollsBackIsRetriedAndLeavesOneEffect(Server server) {
		AtomicInteger attempts = new AtomicInteger();
		start(server, (context, input) -> context.step("charge", String.class, QUICK, (step) -> {
			String result = this.transaction.execute((status) -> {
				this.jdbc.sql("insert into effect values (?)").param("x").update();
				CurrentExecution.stepReturned("charged");
				if (attempts.incrementAndGet() < 3) {
					throw new IllegalStateException("declined after the hook");
				}
				return "charged";
			});
			return String.valueOf(result);
		}));
		ExecutionHandle<Object> handle = this.engine.client().function("flow").start(null);
		assertThat(handle.result(Duration.ofSeconds(30))).isEqualTo("charged");
		assertThat(effects()).isEqualTo(1);
		assertThat(types(handle).stream().filter(EventType.STEP_SUCCEEDED::equals)).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void stepWhenSomethingThrowsAfterItsCommitKeepsItsResult(Server server) {
		start(server, (context, input) -> context.step("charge", String.class, QUICK, (step) -> {
			inTransaction("x", "charged");
			throw new IllegalStateException("A listener failed after the commit");
		}));
		ExecutionHandle<Object> handle = this.engine.client().function("flow").start(null);
		assertThat(handle.result(Duration.ofSeconds(30))).isEqualTo("charged");
		assertThat(effects()).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void branchesWithTransactionsShareTheJournalWithoutLosingAnything(Server server) {
		start(server, (context, input) -> {
			var futures = java.util.stream.IntStream.range(0, 6)
				.mapToObj((i) -> context.stepAsync("branch-" + i, Integer.class,
						(step) -> (i % 2 == 0) ? inTransaction("e" + i, i) : i))
				.toList();
			return dev.durable.DurableFuture.allOf(futures).stream().mapToInt(Integer::intValue).sum();
		});
		ExecutionHandle<Object> handle = this.engine.client().function("flow").start(null);
		assertThat(handle.result(Duration.ofSeconds(60))).isEqualTo(15);
		assertThat(effects()).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void startInsideATransactionHappensWithItsCommitOnly(Server server) {
		start(server, (context, input) -> context.step("work", String.class, (step) -> "done " + input));
		ExecutionHandle<Object> rolledBack = this.transaction.execute((status) -> {
			status.setRollbackOnly();
			return this.engine.client().function("flow").named("never").start("x");
		});
		ExecutionHandle<Object> committed = this.transaction.execute((status) -> {
			ExecutionHandle<Object> handle = this.engine.client().function("flow").named("order-1").start("y");
			org.assertj.core.api.Assertions.assertThatIllegalStateException()
				.isThrownBy(() -> handle.result(Duration.ofSeconds(1)))
				.withMessageEndingWith("Wait after the commit.");
			return handle;
		});
		assertThat(committed.result(Duration.ofSeconds(30))).isEqualTo("done y");
		org.assertj.core.api.Assertions.assertThatExceptionOfType(dev.durable.UnknownExecutionException.class)
			.isThrownBy(rolledBack::status);
	}

	@Test
	void callerThatHoldsEveryPooledConnectionCannotStopTheJournal() throws Exception {
		start(Server.POSTGRESQL, (context, input) -> context.step("work", String.class, (step) -> "done"));
		try (var one = this.pool.getConnection();
				var two = this.pool.getConnection();
				var three = this.pool.getConnection()) {
			assertThat(List.of(one, two, three)).doesNotContainNull();
			ExecutionHandle<Object> handle = this.engine.client().function("flow").start(null);
			assertThat(handle.result(Duration.ofSeconds(30))).isEqualTo("done");
		}
	}

}
