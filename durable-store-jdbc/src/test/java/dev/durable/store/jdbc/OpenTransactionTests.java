package dev.durable.store.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.store.Append;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A signal whose transaction is still open neither holds up its execution nor gets lost.
 */
@Timeout(60)
class OpenTransactionTests {

	static Stream<DataSource> databases() {
		return Databases.each();
	}

	@ParameterizedTest
	@MethodSource("databases")
	void signalBetweenSuspendAndSleepIsClaimedAfterItsCommit(DataSource database) {
		TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
		try (JdbcCheckpointStore store = JdbcCheckpointStore.builder(database).initializeSchema(true).build()) {
			ExecutionId sender = Samples.newId();
			ExecutionId receiver = Samples.newId();
			append(store, Samples.create(sender));
			append(store, Samples.create(receiver));
			transaction.executeWithoutResult((status) -> {
				store.appendInTransaction(Samples.signalling(sender, 2, receiver));
				append(store, Samples.update(receiver, 2, ExecutionState.sleeping(null)));
				assertThat(store.claim(Claims.request(10))).as("not visible yet").isEmpty();
			});
			assertThat(store.claim(Claims.request(10))).extracting(ExecutionRow::identity)
				.extracting((identity) -> identity.id())
				.containsExactly(receiver);
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void signalThatIsRolledBackWakesNobody(DataSource database) {
		TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
		try (JdbcCheckpointStore store = JdbcCheckpointStore.builder(database).initializeSchema(true).build()) {
			ExecutionId sender = Samples.newId();
			ExecutionId receiver = Samples.newId();
			append(store, Samples.create(sender));
			append(store, Samples.create(receiver, ExecutionState.sleeping(null)));
			transaction.executeWithoutResult((status) -> {
				store.appendInTransaction(Samples.signalling(sender, 2, receiver));
				status.setRollbackOnly();
			});
			assertThat(store.claim(Claims.request(10))).isEmpty();
			assertThat(store.event(sender, 2)).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void cleanUpWhenASignalIsNotCommittedDoesNotWaitForIt(DataSource database) {
		TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
		try (JdbcCheckpointStore store = JdbcCheckpointStore.builder(database).initializeSchema(true).build()) {
			ExecutionId sender = Samples.newId();
			ExecutionId receiver = Samples.newId();
			append(store, Samples.create(sender));
			append(store, Samples.create(receiver, ExecutionState.ended(ExecutionStatus.SUCCEEDED, Samples.NOW, null)));
			transaction.executeWithoutResult((status) -> {
				store.appendInTransaction(Samples.signalling(sender, 2, receiver));
				store.cleanUp(Optional.empty(), Samples.NOW);
			});
			assertThat(store.signals(List.of(receiver))).hasSize(1);
			store.cleanUp(Optional.empty(), Samples.NOW);
			assertThat(store.signals(List.of(receiver))).isEmpty();
		}
	}

	private static void append(JdbcCheckpointStore store, Append append) {
		assertThat(Samples.outcome(store.append(append))).isNull();
	}

}
