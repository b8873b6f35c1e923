package dev.durable.store.jdbc;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.durable.ExecutionId;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackState;
import dev.durable.store.SignallingStore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is told about a signal, and when. */
@Timeout(60)
class SignallingTests {

	private static final String LISTENERS = "select count(*) from pg_stat_activity"
			+ " where datname = current_database() and query like 'listen %'";

	private static final CallbackRow.Outcome SUCCEEDED = new CallbackRow.Outcome(CallbackState.SUCCEEDED, null, null);

	private final BlockingQueue<ExecutionId> heard = new LinkedBlockingQueue<>();

	@Test
	void listenOnPostgresWhenAnotherNodeSignalsHearsIt() throws InterruptedException {
		DataSource database = PostgresServer.freshDatabase();
		try (JdbcCheckpointStore here = store(database);
				JdbcCheckpointStore there = store(database);
				SignallingStore.Listening listening = listen(here, database, this.heard::add)) {
			ExecutionId sender = created(there);
			ExecutionId receiver = created(there);
			assertThat(Samples.outcome(there.append(Samples.signalling(sender, 2, receiver)))).isNull();
			assertThat(next()).isEqualTo(receiver);
			assertThat(listening).isNotNull();
		}
	}

	@Test
	void listenOnPostgresWhenACallbackIsCompletedHearsIt() throws InterruptedException {
		DataSource database = PostgresServer.freshDatabase();
		try (JdbcCheckpointStore here = store(database);
				JdbcCheckpointStore there = store(database);
				SignallingStore.Listening listening = listen(here, database, this.heard::add)) {
			ExecutionId id = created(there);
			there.append(Samples.callback(id, 2, "lookup-1")).toCompletableFuture().join();
			assertThat(there.completeCallback("lookup-1", SUCCEEDED, Optional.of(Samples.signal(id)))).isTrue();
			assertThat(next()).isEqualTo(id);
			assertThat(there.completeCallback("lookup-1", SUCCEEDED, Optional.of(Samples.signal(id)))).isFalse();
			ExecutionId last = created(there);
			there.append(Samples.signalling(id, 3, last)).toCompletableFuture().join();
			assertThat(next()).isEqualTo(last);
			assertThat(listening).isNotNull();
		}
	}

	@Test
	void listenOnPostgresWhenTheTransactionCommitsHearsIt() throws InterruptedException {
		DataSource database = PostgresServer.freshDatabase();
		try (JdbcCheckpointStore store = store(database);
				SignallingStore.Listening listening = listen(store, database, this.heard::add)) {
			transactionalSignals(store, database);
			assertThat(listening).isNotNull();
		}
	}

	@Test
	void listenOnPostgresWhenItsConnectionIsKilledListensAgain() throws InterruptedException {
		DataSource database = PostgresServer.freshDatabase();
		try (JdbcCheckpointStore here = store(database);
				JdbcCheckpointStore there = store(database);
				SignallingStore.Listening listening = listen(here, database, this.heard::add)) {
			ExecutionId sender = created(there);
			Databases.execute(database, LISTENERS.replace("count(*)", "pg_terminate_backend(pid)"));
			awaitListeners(database, 1);
			// the new connection may have been counted before it listened
			Awaitility.await().until(() -> {
				there.append(Samples.signalling(sender, there.lastEvent(sender).orElseThrow().position() + 1, sender))
					.toCompletableFuture()
					.join();
				return this.heard.poll(200, TimeUnit.MILLISECONDS) != null;
			});
			assertThat(listening).isNotNull();
		}
	}

	@Test
	void listenOnPostgresWhenItIsClosedEndsItsConnection() {
		DataSource database = PostgresServer.freshDatabase();
		try (JdbcCheckpointStore store = store(database)) {
			listen(store, database, this.heard::add).close();
			awaitListeners(database, 0);
		}
	}

	@Test
	void listenOnPostgresWhenAListenerThrowsGoesOn() throws InterruptedException {
		DataSource database = PostgresServer.freshDatabase();
		Consumer<ExecutionId> failing = (execution) -> {
			this.heard.add(execution);
			throw new IllegalStateException("for the test");
		};
		try (JdbcCheckpointStore store = store(database);
				SignallingStore.Listening listening = listen(store, database, failing)) {
			ExecutionId sender = created(store);
			for (long position = 2; position < 5; position++) {
				store.append(Samples.signalling(sender, position, sender)).toCompletableFuture().join();
				assertThat(next()).isEqualTo(sender);
			}
			assertThat(listening).isNotNull();
		}
	}

	static Stream<DataSource> quietDatabases() {
		return Stream.of(Databases.h2Memory(), MariaDbServer.freshDatabase());
	}

	@ParameterizedTest
	@MethodSource("quietDatabases")
	void listenWhenTheDatabaseTellsNobodyHearsThisStore(DataSource database) throws InterruptedException {
		try (JdbcCheckpointStore store = store(database)) {
			SignallingStore.Listening listening = store.listen(this.heard::add);
			ExecutionId sender = created(store);
			ExecutionId receiver = created(store);
			store.append(Samples.signalling(sender, 2, receiver)).toCompletableFuture().join();
			assertThat(next()).isEqualTo(receiver);
			store.append(Samples.callback(receiver, 2, "lookup-1")).toCompletableFuture().join();
			store.completeCallback("lookup-1", SUCCEEDED, Optional.of(Samples.signal(receiver)));
			assertThat(next()).isEqualTo(receiver);
			transactionalSignals(store, database);
			listening.close();
			store.append(Samples.signalling(sender, 3, receiver)).toCompletableFuture().join();
			assertThat(this.heard).isEmpty();
		}
	}

	private void transactionalSignals(JdbcCheckpointStore store, DataSource database) throws InterruptedException {
		TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
		ExecutionId sender = created(store);
		ExecutionId lost = created(store);
		ExecutionId receiver = created(store);
		transaction.executeWithoutResult((status) -> {
			store.appendInTransaction(Samples.signalling(sender, 2, lost));
			status.setRollbackOnly();
		});
		transaction.executeWithoutResult((status) -> {
			store.appendInTransaction(Samples.signalling(sender, 2, receiver));
			assertThat(this.heard).isEmpty();
		});
		assertThat(next()).isEqualTo(receiver);
	}

	private ExecutionId next() throws InterruptedException {
		return this.heard.take();
	}

	private static SignallingStore.Listening listen(JdbcCheckpointStore store, DataSource database,
			Consumer<ExecutionId> listener) {
		SignallingStore.Listening listening = store.listen(listener);
		awaitListeners(database, 1);
		return listening;
	}

	private static void awaitListeners(DataSource database, int count) {
		Awaitility.await().until(() -> Databases.queryText(database, LISTENERS), String.valueOf(count)::equals);
	}

	private static JdbcCheckpointStore store(DataSource database) {
		return JdbcCheckpointStore.builder(database).initializeSchema(true).build();
	}

	private static ExecutionId created(JdbcCheckpointStore store) {
		ExecutionId id = Samples.newId();
		assertThat(Samples.outcome(store.append(Samples.create(id)))).isNull();
		return id;
	}

}
