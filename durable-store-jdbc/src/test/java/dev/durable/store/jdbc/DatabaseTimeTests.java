package dev.durable.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TimeZone;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** A database's time is right wherever the server and the application are. */
class DatabaseTimeTests {

	static Stream<DataSource> databases() {
		return Stream.concat(Databases.each(), Stream.of(MariaDbServer.freshDatabaseByMySqlDriver()));
	}

	@ParameterizedTest
	@MethodSource("databases")
	void instantWhenTheTimeZonesDifferIsTheSame(DataSource database) {
		TimeZone before = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
		try (JdbcCheckpointStore store = JdbcCheckpointStore.builder(database).initializeSchema(true).build()) {
			store.heartbeat(Samples.NODE);
			assertThat(store.clock().instant()).isCloseTo(Instant.now(),
					within(Duration.ofSeconds(30).toMillis(), ChronoUnit.MILLIS));
		}
		finally {
			TimeZone.setDefault(before);
		}
	}

}
