package dev.durable.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** One database of a PostgreSQL server that runs as long as this object is open. */
final class PostgresDatabases implements Databases {

	private final EmbeddedPostgres server;

	PostgresDatabases() {
		try {
			this.server = EmbeddedPostgres.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Emptied, because a new database takes three times as long. */
	@Override
	public String create(String name) {
		try (Connection connection = this.server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("drop schema if exists public cascade");
			statement.execute("create schema public");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return this.server.getJdbcUrl("postgres", "postgres");
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
