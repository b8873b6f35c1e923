package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

import javax.sql.DataSource;

import dev.durable.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The store's own way to its database, which is looked at on first use only, so that an
 * application starts without it. Thread-safe.
 */
final class Database {

	private final DataSource connections;

	private final JdbcStoreSettings settings;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable SqlDialect dialect;

	Database(DataSource connections, JdbcStoreSettings settings) {
		this.connections = connections;
		this.settings = settings;
	}

	JdbcStoreSettings settings() {
		return this.settings;
	}

	/**
	 * Open a connection that commits by itself.
	 * @return the connection; the caller closes it
	 * @throws SQLException if that fails
	 */
	Connection open() throws SQLException {
		Connection connection = this.connections.getConnection();
		if (!connection.getAutoCommit()) {
			connection.setAutoCommit(true);
		}
		return connection;
	}

	/**
	 * Return the database's dialect, and make the database ready if it is not yet.
	 * @return the dialect
	 * @throws StoreUnavailableException if the database cannot be reached or used; the
	 * next call tries again
	 */
	SqlDialect dialect() {
		SqlDialect known = this.dialect;
		return (known != null) ? known : prepare();
	}

	private SqlDialect prepare() {
		this.lock.lock();
		try {
			SqlDialect known = this.dialect;
			if (known == null) {
				known = Interrupts.defer(this::prepareOnce);
				this.dialect = known;
			}
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

	private SqlDialect prepareOnce() {
		try (Connection connection = open()) {
			SqlDialect found = SqlDialect.of(connection.getMetaData().getDatabaseProductName());
			H2WriteDelay.check(connection);
			if (this.settings.initializeSchema()) {
				new JdbcSchema(found, this.settings.tables()).create(connection);
			}
			return found;
		}
		catch (SQLException | IllegalStateException ex) {
			throw new StoreUnavailableException("Could not prepare the database: " + ex.getMessage(), ex);
		}
	}

}
