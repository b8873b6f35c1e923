package dev.durable.store.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.sql.DataSource;

import dev.durable.ExecutionId;
import dev.durable.store.StoreUnavailableException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What only a database in a file shows. */
class H2FileTests {

	private static final String WRITE_DELAY = "select setting_value from information_schema.settings"
			+ " where setting_name = 'WRITE_DELAY'";

	@TempDir
	Path directory;

	@Test
	void firstUseWhenTheWriteDelayIsNotZeroSetsIt() {
		DataSource database = Databases.h2File(this.directory);
		assertThat(Databases.queryText(database, WRITE_DELAY)).isEqualTo("500");
		try (JdbcCheckpointStore store = store(database)) {
			store.heartbeat(Samples.NODE);
			assertThat(Databases.queryText(database, WRITE_DELAY)).isEqualTo("0");
		}
	}

	@Test
	void firstUseWhenTheUserMayNotSetTheWriteDelayIsRefused() {
		Databases.execute(Databases.h2File(this.directory), "create user clerk password ''");
		JdbcDataSource clerk = (JdbcDataSource) Databases.h2File(this.directory);
		clerk.setUser("clerk");
		try (JdbcCheckpointStore store = store(clerk)) {
			assertThat(Samples.outcome(store.append(Samples.create(Samples.newId()))))
				.isInstanceOf(StoreUnavailableException.class)
				.hasMessageContaining("H2 loses committed data")
				.hasMessageContaining("add ';WRITE_DELAY=0' to the URL");
		}
	}

	@Test
	void appendWhenItReturnsIsInTheFile() throws IOException {
		DataSource database = Databases.h2File(this.directory);
		Databases.execute(database, "set db_close_delay -1");
		try (JdbcCheckpointStore store = store(database)) {
			ExecutionId id = Samples.newId();
			for (long position = 1; position <= 50; position++) {
				assertThat(Samples
					.outcome(store.append((position == 1) ? Samples.create(id) : Samples.event(id, position))))
					.isNull();
			}
			Path copy = Files.createDirectory(this.directory.resolve("copy"));
			Files.copy(this.directory.resolve("durable.mv.db"), copy.resolve("durable.mv.db"));
			assertThat(Databases.queryText(Databases.h2File(copy), "select count(*) from durable_event"))
				.isEqualTo("50");
		}
		Databases.execute(database, "shutdown");
	}

	@Test
	void appendWhenTheThreadIsInterruptedIsWrittenAndTheInterruptKept() {
		String file = this.directory.resolve("durable").toAbsolutePath().toString();
		DataSource database = Databases.h2(file + ";DB_CLOSE_DELAY=-1");
		try (JdbcCheckpointStore store = store(database)) {
			ExecutionId id = Samples.newId();
			Thread.currentThread().interrupt();
			assertThat(Samples.outcome(store.append(Samples.create(id)))).isNull();
			assertThat(store.find(id)).isPresent();
			assertThat(Thread.interrupted()).isTrue();
			assertThat(store.lastEvent(id)).isPresent();
		}
		Databases.execute(database, "shutdown");
	}

	private static JdbcCheckpointStore store(DataSource database) {
		return JdbcCheckpointStore.builder(database).initializeSchema(true).build();
	}

}
