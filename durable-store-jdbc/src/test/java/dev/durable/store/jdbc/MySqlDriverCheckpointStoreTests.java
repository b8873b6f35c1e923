package dev.durable.store.jdbc;

import javax.sql.DataSource;

/** What MySQL's driver makes of the statements; the server is MariaDB all the same. */
class MySqlDriverCheckpointStoreTests extends JdbcStoreContract {

	private static final DataSource database = MariaDbServer.freshDatabaseByMySqlDriver();

	@Override
	DataSource database() {
		return database;
	}

}
