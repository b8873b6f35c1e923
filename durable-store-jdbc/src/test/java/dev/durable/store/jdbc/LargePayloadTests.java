package dev.durable.store.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.codec.Payload;
import dev.durable.store.Append;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import dev.durable.store.RowChange;
import dev.durable.store.StoreUnavailableException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Payloads of the largest size that is allowed by default. */
class LargePayloadTests {

	/** What a driver that writes statements as text has to write as two bytes each. */
	private static final byte[] QUOTES = "'".repeat(6 << 20).getBytes(StandardCharsets.US_ASCII);

	static Stream<DataSource> databases() {
		return Stream.concat(Databases.each(), Stream.of(MariaDbServer.freshDatabaseByMySqlDriver()));
	}

	@ParameterizedTest
	@MethodSource("databases")
	void appendWhenThePayloadIsAsLargeAsAllowedIsReadBack(DataSource database) {
		try (JdbcCheckpointStore store = store(database)) {
			ExecutionId id = created(store);
			assertThat(Samples.outcome(store.append(large(id)))).isNull();
			assertThat(store.event(id, 2).orElseThrow().content().payload()).isEqualTo(new Payload(QUOTES));
		}
	}

	static Stream<DataSource> databasesWithPackets() {
		return Stream.of(MariaDbServer.freshDatabase(), MariaDbServer.freshDatabaseByMySqlDriver());
	}

	@ParameterizedTest
	@MethodSource("databasesWithPackets")
	void appendWhenTheServerTakesOnlyLessSaysWhatToRaise(DataSource database) {
		Databases.execute(database, "set global max_allowed_packet = 4194304");
		try (JdbcCheckpointStore store = store(database)) {
			ExecutionId id = created(store);
			assertThat(Samples.outcome(store.append(large(id)))).isInstanceOf(StoreUnavailableException.class)
				.cause()
				.hasMessageContaining("max_allowed_packet");
			TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
			assertThatExceptionOfType(TransactionException.class).isThrownBy(() -> transaction
				.executeWithoutResult((status) -> assertThatExceptionOfType(StoreUnavailableException.class)
					.isThrownBy(() -> store.appendInTransaction(large(id)))
					.havingCause()
					.withMessageContaining("max_allowed_packet")));
			assertThat(Samples.outcome(store.append(Samples.event(id, 2)))).isNull();
		}
		finally {
			Databases.execute(database, "set global max_allowed_packet = 16777216");
		}
	}

	private static JdbcCheckpointStore store(DataSource database) {
		return JdbcCheckpointStore.builder(database).initializeSchema(true).build();
	}

	private static ExecutionId created(JdbcCheckpointStore store) {
		ExecutionId id = Samples.newId();
		assertThat(Samples.outcome(store.append(Samples.create(id)))).isNull();
		return id;
	}

	private static Append large(ExecutionId id) {
		Event event = new Event(2, EventType.STEP_SUCCEEDED, "i", Samples.NOW, Samples.event(2, "i").operation(),
				new EventContent(new Payload(QUOTES), null, EventDetails.NONE));
		return new Append(id, List.of(event), new RowChange.None(), Effects.NONE);
	}

}
