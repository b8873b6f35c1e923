package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import dev.durable.store.Append;
import dev.durable.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/** Appends on a connection of its own. For one thread at a time. */
final class WriterSession {

	private final Database database;

	private final KeptConnection kept;

	private @Nullable Duration lockTimeout;

	WriterSession(Database database) {
		this.database = database;
		this.kept = new KeptConnection(database);
	}

	/**
	 * Write and commit a group.
	 * @param group appends of different executions
	 * @param lockTimeout how long to wait for a lock
	 * @throws SQLException if nothing was written, or nobody knows
	 * @throws StoreUnavailableException if the database cannot be reached
	 */
	void write(List<Append> group, Duration lockTimeout) throws SQLException {
		SqlDialect dialect = this.database.dialect();
		AppendGroup rows = AppendGroup.of(group);
		boolean commits = !dialect.writing().appends().isSingleStatement(rows);
		Connection connection = this.kept.get();
		boolean reusable = false;
		try {
			prepare(connection, dialect, lockTimeout);
			if (connection.getAutoCommit() == commits) {
				connection.setAutoCommit(!commits);
			}
			dialect.writing().appends().write(connection, this.database.settings().tables(), rows);
			if (commits) {
				connection.commit();
			}
			reusable = true;
		}
		catch (SQLException ex) {
			reusable = dialect.errors().isRefusal(ex) && undo(connection);
			throw dialect.errors().explained(ex, rows.payloadBytes());
		}
		finally {
			if (!reusable) {
				close();
			}
		}
	}

	/** Give the connection back. */
	void close() {
		this.lockTimeout = null;
		this.kept.discard();
	}

	private void prepare(Connection connection, SqlDialect dialect, Duration lockTimeout) throws SQLException {
		if (!lockTimeout.equals(this.lockTimeout)) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(dialect.setup().lockTimeout().apply(lockTimeout));
			}
			this.lockTimeout = lockTimeout;
		}
	}

	private static boolean undo(Connection connection) {
		try {
			if (!connection.getAutoCommit()) {
				connection.rollback();
			}
			return true;
		}
		catch (SQLException ex) {
			return false;
		}
	}

}
