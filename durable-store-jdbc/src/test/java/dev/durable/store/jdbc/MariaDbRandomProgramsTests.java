package dev.durable.store.jdbc;

import javax.sql.DataSource;

class MariaDbRandomProgramsTests extends JdbcRandomProgramsContract {

	private static final DataSource database = MariaDbServer.freshDatabase();

	@Override
	DataSource database() {
		return database;
	}

}
