package dev.durable.store.jdbc;

import javax.sql.DataSource;

class MariaDbCrashEverywhereTests extends JdbcCrashEverywhereContract {

	private static final DataSource database = MariaDbServer.freshDatabase();

	@Override
	DataSource database() {
		return database;
	}

}
