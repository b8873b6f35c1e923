package dev.durable.store.jdbc;

import javax.sql.DataSource;

class PostgresCrashEverywhereTests extends JdbcCrashEverywhereContract {

	private static final DataSource database = PostgresServer.freshDatabase();

	@Override
	DataSource database() {
		return database;
	}

}
