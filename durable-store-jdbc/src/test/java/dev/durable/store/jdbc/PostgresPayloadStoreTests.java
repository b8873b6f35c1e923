package dev.durable.store.jdbc;

import javax.sql.DataSource;

class PostgresPayloadStoreTests extends JdbcPayloadStoreContract {

	private static final DataSource database = PostgresServer.freshDatabase();

	@Override
	DataSource database() {
		return database;
	}

}
