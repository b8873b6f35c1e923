package dev.durable.store.jdbc;

import javax.sql.DataSource;

class H2PayloadStoreTests extends JdbcPayloadStoreContract {

	private static final DataSource database = Databases.h2Memory();

	@Override
	DataSource database() {
		return database;
	}

}
