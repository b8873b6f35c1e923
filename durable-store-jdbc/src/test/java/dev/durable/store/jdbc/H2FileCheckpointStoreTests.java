package dev.durable.store.jdbc;

import java.nio.file.Path;

import javax.sql.DataSource;

import org.junit.jupiter.api.io.TempDir;

class H2FileCheckpointStoreTests extends JdbcStoreContract {

	@TempDir
	static Path directory;

	@Override
	DataSource database() {
		return Databases.h2File(directory);
	}

}
