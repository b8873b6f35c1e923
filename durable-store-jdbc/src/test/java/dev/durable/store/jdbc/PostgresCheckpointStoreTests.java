package dev.durable.store.jdbc;

import javax.sql.DataSource;

class PostgresCheckpointStoreTests extends JdbcStoreContract {

	private static final DataSource database = PostgresServer.freshDatabase();

	@Override
	DataSource database() {
		return database;
	}

}
