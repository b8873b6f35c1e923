package dev.durable.store.jdbc;

import java.time.Instant;
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
class MariaDbStatementCountTests {

	private final DataSource database = MariaDbServer.freshDatabase();

	private final JdbcCheckpointStore store = JdbcCheckpointStore.builder(this.database).initializeSchema(true).build();

	private MariaDbLog log;

	@BeforeEach
	void openTheStore() {
		this.log = MariaDbLog.of(this.database);
		// the store's sessions are open and their settings are made
		append(Samples.create(Samples.newId()));
		append(Samples.event(created(), 2));
		this.store.claim(Claims.request(1));
	}

	@AfterEach
	void closeTheStore() {
		this.store.close();
		this.log.stop();
	}

	@Test
	void appendWhenItIsAnEventIsOneStatement() {
		ExecutionId id = created();
		append(Samples.event(id, 2));
		List<String> statements = this.log.during(() -> append(Samples.event(id, 3)));
		assertThat(statements).singleElement().asString().startsWith("insert into durable_event ");
	}

	@Test
	void appendWhenItNamesWhatItFollowsIsOneStatement() {
		ExecutionId id = created();
		append(Samples.event(id, 2));
		assertThat(this.log.during(() -> append(Samples.following(id, 3, "invocation-1")))).hasSize(1);
	}

	@Test
	void appendWhenItHasManyEventsIsOneStatement() {
		ExecutionId id = created();
		append(Samples.event(id, 2));
		Append many = new Append(id, IntStream.range(3, 53).mapToObj((i) -> Samples.event(i, "i")).toList(),
				new RowChange.None(), Effects.NONE);
		assertThat(this.log.during(() -> append(many))).hasSize(1);
		assertThat(this.store.event(id, 52)).isPresent();
	}

	@Test
	void appendWhenItChangesTheRowIsOneTransaction() {
		ExecutionId id = created();
		List<String> statements = this.log.during(() -> append(
				Samples.update(id, 2, ExecutionState.ended(ExecutionStatus.SUCCEEDED, Instant.EPOCH, null))));
		assertThat(statements).hasSize(3)
			.satisfiesExactly((insert) -> assertThat(insert).startsWith("insert into durable_event "),
					(update) -> assertThat(update).startsWith("update durable_execution "),
					(commit) -> assertThat(commit).isEqualToIgnoringCase("commit"));
	}

	@Test
	void claimWhenNothingIsDueIsTwoStatementsInTransactions() {
		List<String> statements = this.log.during(() -> assertThat(this.store.claim(Claims.request(10))).isEmpty());
		assertThat(statements.stream().filter((sql) -> sql.contains("select "))).hasSize(2)
			.allMatch((sql) -> sql.endsWith("for update skip locked"));
	}

	private ExecutionId created() {
		ExecutionId id = Samples.newId();
		append(Samples.create(id));
		return id;
	}

	private void append(Append append) {
		assertThat(Samples.outcome(this.store.append(append))).isNull();
	}

}
