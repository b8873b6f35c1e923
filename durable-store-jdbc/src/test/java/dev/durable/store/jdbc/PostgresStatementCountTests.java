package dev.durable.store.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.durable.ExecutionId;
import dev.durable.ExecutionStatus;
import dev.durable.store.Append;
import dev.durable.store.Effects;
import dev.durable.store.ExecutionState;
import dev.durable.store.RowChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the server sees of appends. */
class PostgresStatementCountTests {

	private final DataSource database = PostgresServer.freshDatabase();

	private final JdbcCheckpointStore store = JdbcCheckpointStore.builder(this.database).initializeSchema(true).build();

	private ServerLog log;

	@BeforeEach
	void openTheStore() {
		this.log = ServerLog.of(this.database);
		// the store's session is open and its settings are made
		append(Samples.create(Samples.newId()));
		this.store.claim(Claims.request(1));
	}

	@AfterEach
	void closeTheStore() {
		this.store.close();
	}

	@Test
	void appendWhenItIsAnEventIsOneStatement() {
		ExecutionId id = created();
		List<String> statements = this.log.during(() -> append(Samples.event(id, 2)));
		assertThat(statements).singleElement().asString().startsWith("insert into durable_event ");
	}

	@Test
	void appendWhenItNamesWhatItFollowsIsOneStatement() {
		ExecutionId id = created();
		append(Samples.event(id, 2));
		assertThat(this.log.during(() -> append(Samples.following(id, 3, "invocation-1")))).hasSize(1);
	}

	@Test
	void appendWhenItHasEveryEffectIsOneStatement() {
		ExecutionId id = created();
		ExecutionId other = created();
		append(Samples.callback(id, 2, "lookup-1"));
		Append last = new Append(id, List.of(Samples.event(3, "i"), Samples.event(4, "i")),
				new RowChange.Update(ExecutionState.ended(ExecutionStatus.SUCCEEDED, Instant.EPOCH, null)),
				new Effects(List.of(), List.of("signal-1"), List.of(Samples.signal(other)), true));
		assertThat(this.log.during(() -> append(last))).hasSize(1);
	}

	@Test
	void executionWhenItNeverSuspendsIsOneStatementForEachAppend() {
		ExecutionId id = Samples.newId();
		List<String> statements = this.log.during(() -> {
			append(Samples.create(id));
			for (int position = 2; position < 12; position++) {
				append(Samples.event(id, position));
			}
			append(Samples.update(id, 12, ExecutionState.ended(ExecutionStatus.SUCCEEDED, Instant.EPOCH, null)));
		});
		assertThat(statements).hasSize(12)
			.noneMatch((statement) -> statement.matches("(?i)(begin|commit|rollback|start transaction).*"));
	}

	@Test
	void appendWhenManyThreadsWriteIsLessThanAStatementEach() {
		List<ExecutionId> ids = IntStream.range(0, 16).mapToObj((i) -> created()).toList();
		List<String> statements = this.log.during(() -> {
			List<Thread> threads = new ArrayList<>();
			ids.forEach((id) -> threads.add(new Thread(() -> {
				for (int position = 2; position < 52; position++) {
					append(Samples.event(id, position));
				}
			})));
			threads.forEach(Thread::start);
			threads.forEach(PostgresStatementCountTests::join);
		});
		assertThat(ids).allSatisfy((id) -> assertThat(this.store.event(id, 51)).isPresent());
		assertThat(statements).hasSizeLessThan(16 * 50 / 2);
	}

	@Test
	void claimWhenNothingIsDueIsTwoStatements() {
		List<String> statements = this.log.during(() -> assertThat(this.store.claim(Claims.request(10))).isEmpty());
		assertThat(statements).hasSize(2).allMatch((statement) -> statement.startsWith("with picked as"));
	}

	private ExecutionId created() {
		ExecutionId id = Samples.newId();
		append(Samples.create(id));
		return id;
	}

	private void append(Append append) {
		assertThat(Samples.outcome(this.store.append(append))).isNull();
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
