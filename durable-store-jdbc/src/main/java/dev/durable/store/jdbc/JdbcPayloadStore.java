package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import javax.sql.DataSource;

import dev.durable.codec.PayloadUnavailableException;
import dev.durable.payload.PayloadOwner;
import dev.durable.payload.PayloadStore;

/**
 * Keeps offloaded payloads in a table of its own, in the journal's database or another
 * one. Nothing is connected before the first use. Thread-safe.
 */
public final class JdbcPayloadStore implements PayloadStore {

	private static final String OWNED = " where execution_id = ? and start_id = ?";

	private static final int SECONDS = 60;

	private final DataSource connections;

	private final TablePrefix tables;

	private final boolean initializeSchema;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean prepared;

	/**
	 * Create a store.
	 * @param connections gives it connections, best not the application's own: a caller
	 * that holds one may wait for another
	 * @param tablePrefix what the name of the table begins with, such as {@code durable_}
	 * @param initializeSchema whether a missing table is created on first use
	 * @throws IllegalArgumentException if the prefix is no plain identifier
	 */
	public JdbcPayloadStore(DataSource connections, String tablePrefix, boolean initializeSchema) {
		this.connections = Objects.requireNonNull(connections, "'connections' must not be null");
		this.tables = new TablePrefix(tablePrefix);
		this.initializeSchema = initializeSchema;
	}

	@Override
	public void put(PayloadOwner owner, String key, byte[] content) {
		run("put", owner, (connection) -> {
			try (PreparedStatement statement = prepare(connection,
					"insert into durable_payload (execution_id, start_id, content_key, content) values (?, ?, ?, ?)",
					owner)) {
				statement.setString(3, key);
				statement.setBytes(4, content);
				return statement.executeUpdate();
			}
			catch (SQLException ex) {
				if (isTaken(ex)) {
					return 0; // put before: a key names its content
				}
				throw ex;
			}
		});
	}

	@Override
	public Optional<byte[]> get(PayloadOwner owner, String key) {
		return run("get", owner, (connection) -> {
			try (PreparedStatement statement = prepare(connection,
					"select content from durable_payload" + OWNED + " and content_key = ?", owner)) {
				statement.setString(3, key);
				try (ResultSet result = statement.executeQuery()) {
					return result.next() ? Optional.of(result.getBytes(1)) : Optional.empty();
				}
			}
		});
	}

	@Override
	public void deleteAll(PayloadOwner owner) {
		run("delete", owner, (connection) -> {
			try (PreparedStatement statement = prepare(connection, "delete from durable_payload" + OWNED, owner)) {
				return statement.executeUpdate();
			}
		});
	}

	private PreparedStatement prepare(Connection connection, String sql, PayloadOwner owner) throws SQLException {
		PreparedStatement statement = connection.prepareStatement(this.tables.apply(sql));
		statement.setQueryTimeout(SECONDS);
		statement.setString(1, owner.execution().value());
		statement.setString(2, owner.start());
		return statement;
	}

	/** Integrity violations have class 23 on every database. */
	private static boolean isTaken(SQLException ex) {
		return ex.getSQLState() != null && ex.getSQLState().startsWith("23");
	}

	private <T> T run(String what, PayloadOwner owner, Work<T> work) {
		return Interrupts.defer(() -> {
			try (Connection connection = this.connections.getConnection()) {
				if (!connection.getAutoCommit()) {
					connection.setAutoCommit(true);
				}
				createTable(connection);
				return work.on(connection);
			}
			catch (SQLException | IllegalStateException ex) {
				throw new PayloadUnavailableException(
						"Could not %s offloaded payloads of '%s': %s".formatted(what, owner, ex.getMessage()), ex);
			}
		});
	}

	private void createTable(Connection connection) throws SQLException {
		if (this.prepared || !this.initializeSchema) {
			return;
		}
		this.lock.lock();
		try {
			new PayloadSchema(this.tables).create(connection);
			this.prepared = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What is done on a connection. */
	@FunctionalInterface
	private interface Work<T> {

		T on(Connection connection) throws SQLException;

	}

}
