package dev.durable.store.jdbc;

import javax.sql.DataSource;

class PostgresRandomProgramsTests extends JdbcRandomProgramsContract {

	private static final DataSource database = PostgresServer.freshDatabase();

	@Override
	DataSource database() {
		return database;
	}

}
