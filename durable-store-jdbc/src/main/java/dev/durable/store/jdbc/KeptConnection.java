package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import dev.durable.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is kept open for one kind of work, set up for it, and replaced after
 * a failure. For one thread at a time.
 */
final class KeptConnection {

	/** After this long without use, look whether the connection still works. */
	private static final long STALE_NANOS = Duration.ofSeconds(30).toNanos();

	private static final int VALIDATION_SECONDS = 3;

	/**
	 * Longer than any statement: a server that vanished must not stop a node for ever.
	 */
	private static final int NETWORK_TIMEOUT_MILLIS = 60_000;

	private final Database database;

	private volatile @Nullable Connection connection;

	private long lastUse;

	KeptConnection(Database database) {
		this.database = database;
	}

	/**
	 * Return the connection, opened if it is not.
	 * @return the connection, which commits by itself when it is new
	 * @throws StoreUnavailableException if the database cannot be reached
	 */
	Connection get() {
		List<String> setup = this.database.dialect().setup().kept();
		Connection current = this.connection;
		if (current != null && isStale() && !isValid(current)) {
			discard();
			current = null;
		}
		this.lastUse = System.nanoTime();
		return (current != null) ? current : open(setup);
	}

	/** Give the connection back; the next use opens another. */
	void discard() {
		Connection old = this.connection;
		this.connection = null;
		if (old != null) {
			try {
				old.close();
			}
			catch (SQLException ex) {
				// it was of no use anyway
			}
		}
	}

	private Connection open(List<String> setup) {
		try {
			Connection fresh = this.database.open();
			this.connection = fresh;
			fresh.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
			try (Statement statement = fresh.createStatement()) {
				for (String sql : setup) {
					statement.execute(sql);
				}
			}
			return fresh;
		}
		catch (SQLException ex) {
			discard();
			throw new StoreUnavailableException("Could not connect to the database", ex);
		}
	}

	private boolean isStale() {
		return System.nanoTime() - this.lastUse > STALE_NANOS;
	}

	private static boolean isValid(Connection connection) {
		try {
			return connection.isValid(VALIDATION_SECONDS);
		}
		catch (SQLException ex) {
			return false;
		}
	}

}
