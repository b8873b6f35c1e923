package dev.durable.store.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL for all tests of this process, with a fresh database for whoever asks.
 */
final class PostgresServer {

	private static final AtomicInteger databases = new AtomicInteger();

	private static final EmbeddedPostgres server = start();

	private PostgresServer() {
	}

	static DataSource freshDatabase() {
		String name = "durable_" + databases.incrementAndGet();
		execute(server.getPostgresDatabase(), "create database " + name);
		PGSimpleDataSource dataSource = (PGSimpleDataSource) server.getDatabase("postgres", name);
		// or each new connection begins with a statement that says who it is
		dataSource.setAssumeMinServerVersion("9.0");
		return dataSource;
	}

	/** What the server has logged about a database's sessions. */
	static Path log() {
		return logDirectory().resolve("server.log");
	}

	static void execute(DataSource dataSource, String sql) {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Path logDirectory() {
		return Path.of(System.getProperty("java.io.tmpdir"), "durable-postgres-log-" + ProcessHandle.current().pid())
			.toAbsolutePath();
	}

	private static EmbeddedPostgres start() {
		try {
			Files.createDirectories(logDirectory());
			EmbeddedPostgres postgres = EmbeddedPostgres.builder()
				.setServerConfig("logging_collector", "on")
				.setServerConfig("log_directory", logDirectory().toString())
				.setServerConfig("log_filename", "server.log")
				.setServerConfig("log_line_prefix", "[%d]")
				.setServerConfig("max_connections", "200")
				.start();
			Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres)));
			return postgres;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void stop(EmbeddedPostgres postgres) {
		try {
			postgres.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
