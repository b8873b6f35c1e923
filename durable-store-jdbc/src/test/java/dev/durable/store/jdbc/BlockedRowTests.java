package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.durable.ExecutionId;
import dev.durable.store.Append;
import dev.durable.store.AppendConflictException;
import dev.durable.store.ExecutionState;
import dev.durable.store.StoreUnavailableException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody else's lock on one execution holds up that execution and no other. */
@Timeout(60)
class BlockedRowTests {

	private static final Duration FOR_EVER = Duration.ofMinutes(5);

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenOneRowIsLockedWritesTheOthersMeanwhile(DataSource database) throws SQLException {
		try (JdbcCheckpointStore store = store(database, FOR_EVER)) {
			List<ExecutionId> ids = created(store, 20);
			CompletionStage<Void> blocked;
			try (Connection other = lock(database, "select id from durable_execution where id = ? for update",
					ids.get(0))) {
				blocked = runAsync(() -> store.append(update(ids.get(0), 2)));
				for (long position = 2; position < 12; position++) {
					long next = position;
					List<CompletionStage<Void>> others = ids.stream()
						.skip(1)
						.map((id) -> runAsync(() -> store.append(update(id, next))))
						.toList();
					assertThat(others.stream().map(Samples::outcome)).containsOnlyNulls();
				}
				assertThat(blocked.toCompletableFuture()).isNotDone();
				other.rollback();
			}
			assertThat(Samples.outcome(blocked)).isNull();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenTheLockStaysGivesUp(DataSource database) throws SQLException {
		try (JdbcCheckpointStore store = store(database, Duration.ofMillis(300))) {
			ExecutionId id = created(store, 1).get(0);
			try (Connection other = lock(database, "select id from durable_execution where id = ? for update", id)) {
				assertThat(Samples.outcome(store.append(update(id, 2)))).isInstanceOf(StoreUnavailableException.class);
				other.rollback();
			}
			assertThat(Samples.outcome(store.append(update(id, 2)))).isNull();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenThePositionIsBeingTakenWaitsForTheOutcome(DataSource database) throws SQLException {
		try (JdbcCheckpointStore store = store(database, FOR_EVER)) {
			for (boolean taken : new boolean[] { true, false }) {
				ExecutionId id = created(store, 1).get(0);
				CompletionStage<Void> append;
				try (Connection other = lock(database,
						"insert into durable_event" + " (execution_id, position, event_type, invocation, recorded_at)"
								+ " values (?, 2, 'InvocationCompleted', 'other', 0)",
						id)) {
					append = runAsync(() -> store.append(Samples.event(id, 2)));
					List<ExecutionId> others = created(store, 3);
					assertThat(others).hasSize(3);
					assertThat(append.toCompletableFuture()).isNotDone();
					if (taken) {
						other.commit();
					}
					else {
						other.rollback();
					}
				}
				if (taken) {
					assertThat(Samples.outcome(append)).isInstanceOf(AppendConflictException.class);
				}
				else {
					assertThat(Samples.outcome(append)).isNull();
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenTheWholeTableIsLockedAnswersAll(DataSource database) throws SQLException {
		try (JdbcCheckpointStore store = store(database, Duration.ofMillis(300))) {
			List<ExecutionId> ids = created(store, 30);
			try (Connection other = database.getConnection()) {
				other.setAutoCommit(false);
				try (PreparedStatement statement = other
					.prepareStatement("select id from durable_execution for update")) {
					statement.executeQuery();
				}
				List<CompletionStage<Void>> appends = ids.stream()
					.map((id) -> runAsync(() -> store.append(update(id, 2))))
					.toList();
				assertThat(appends.stream().map(Samples::outcome))
					.allSatisfy((failure) -> assertThat(failure).isInstanceOf(StoreUnavailableException.class));
				other.rollback();
			}
		}
	}

	static Stream<DataSource> databases() {
		return Databases.each();
	}

	private static Append update(ExecutionId id, long position) {
		return Samples.update(id, position, ExecutionState.owned(Samples.NODE, (int) position));
	}

	/** Submit from a thread of its own, as an execution does; it may lead a group. */
	private static CompletionStage<Void> runAsync(Supplier<CompletionStage<Void>> append) {
		CompletableFuture<Void> result = new CompletableFuture<>();
		new Thread(() -> append.get().whenComplete((done, failure) -> {
			if (failure != null) {
				result.completeExceptionally(failure);
			}
			else {
				result.complete(null);
			}
		})).start();
		return result;
	}

	private static JdbcCheckpointStore store(DataSource database, Duration lockTimeout) {
		return JdbcCheckpointStore.builder(database).initializeSchema(true).lockTimeout(lockTimeout).build();
	}

	private static List<ExecutionId> created(JdbcCheckpointStore store, int count) {
		List<ExecutionId> ids = IntStream.range(0, count).mapToObj((i) -> Samples.newId()).toList();
		assertThat(ids.stream().map((id) -> Samples.outcome(store.append(Samples.create(id))))).containsOnlyNulls();
		return ids;
	}

	private static Connection lock(DataSource database, String sql, ExecutionId id) throws SQLException {
		Connection connection = database.getConnection();
		connection.setAutoCommit(false);
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, id.value());
			statement.execute();
		}
		return connection;
	}

}
