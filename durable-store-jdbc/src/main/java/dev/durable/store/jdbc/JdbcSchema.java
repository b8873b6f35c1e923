package dev.durable.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Creates the tables if they are missing. Several nodes may do so at once.
 *
 * @param dialect the database
 * @param tables what the tables are called
 */
record JdbcSchema(SqlDialect dialect, TablePrefix tables) {

	private static final int ATTEMPTS = 5;

	/** H2 confuses the threads of one process that create the same table. */
	private static final ReentrantLock oneAtATime = new ReentrantLock();

	void create(Connection connection) throws SQLException {
		oneAtATime.lock();
		try {
			createIfMissing(connection);
		}
		finally {
			oneAtATime.unlock();
		}
	}

	private void createIfMissing(Connection connection) throws SQLException {
		// creating an index waits for writers even when it exists: only look first
		for (int attempt = 1; !exists(connection); attempt++) {
			try {
				run(connection);
				return;
			}
			catch (SQLException ex) {
				if (attempt == ATTEMPTS) {
					throw ex;
				} // else: another node may have been faster
			}
		}
	}

	/** The script's statements, for the tables' real names. */
	String script() {
		try (InputStream script = JdbcSchema.class.getResourceAsStream(this.dialect.script())) {
			Objects.requireNonNull(script, this.dialect.script());
			return this.tables.apply(new String(script.readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean exists(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(this.dialect.texts().tableCount())) {
			statement.setString(1, this.tables.apply("durable_node")); // the script's
																		// last
			try (ResultSet result = statement.executeQuery()) {
				return result.next() && result.getInt(1) > 0;
			}
		}
	}

	private void run(Connection connection) throws SQLException {
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			for (String part : script().replaceAll("(?m)^--.*$", "").split(";")) {
				if (!part.isBlank()) {
					statement.execute(part);
				}
			}
			connection.commit();
		}
		catch (SQLException ex) {
			connection.rollback();
			throw ex;
		}
		finally {
			connection.setAutoCommit(true);
		}
	}

}
