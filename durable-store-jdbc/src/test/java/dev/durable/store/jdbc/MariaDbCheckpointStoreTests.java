package dev.durable.store.jdbc;

import javax.sql.DataSource;

class MariaDbCheckpointStoreTests extends JdbcStoreContract {

	private static final DataSource database = MariaDbServer.freshDatabase();

	@Override
	DataSource database() {
		return database;
	}

}
