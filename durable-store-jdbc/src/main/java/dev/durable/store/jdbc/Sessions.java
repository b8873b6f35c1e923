package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import javax.sql.DataSource;

import dev.durable.store.StoreUnavailableException;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs statements on the store's own connections, whatever transaction the caller is in.
 * Thread-safe.
 */
final class Sessions {

	private final Database database;

	private final OwnConnections source;

	private final KeptConnection polling;

	private final ReentrantLock pollLock = new ReentrantLock();

	private final NamedParameterJdbcOperations operations;

	private final JdbcClient client;

	/**
	 * Create it.
	 * @param database made ready before each use
	 */
	Sessions(Database database) {
		this.database = database;
		this.source = new OwnConnections(database);
		this.polling = new KeptConnection(database);
		JdbcTemplate template = new JdbcTemplate(this.source);
		template.setQueryTimeout(database.settings().statementSeconds());
		this.operations = new NamedParameterJdbcTemplate(template);
		this.client = JdbcClient.create(this.operations);
	}

	/** Statements for Spring Data; only for use within a {@link #call}. */
	NamedParameterJdbcOperations operations() {
		return this.operations;
	}

	SqlDialect dialect() {
		return this.database.dialect();
	}

	TablePrefix tables() {
		return this.database.settings().tables();
	}

	String sql(String text) {
		return tables().apply(text);
	}

	/**
	 * Run single statements, each its own transaction.
	 * @param what what is tried, after "Could not"
	 * @param statements runs them
	 * @param <T> type of the result
	 * @return their result
	 * @throws StoreUnavailableException if they fail
	 */
	<T> T call(String what, Function<JdbcClient, T> statements) {
		return on(what, (connection) -> bound(connection, statements));
	}

	/**
	 * Run single statements that may meet another's lock, each its own transaction.
	 * @param what what is tried, after "Could not"
	 * @param statements runs them
	 * @param <T> type of the result
	 * @return their result
	 * @throws StoreUnavailableException if they fail; nobody knows whether they happened
	 */
	<T> T command(String what, Function<JdbcClient, T> statements) {
		return on(what, (connection) -> {
			prepareWrite(connection);
			return bound(connection, statements);
		});
	}

	/**
	 * Run statements in one transaction.
	 * @param what what is tried, after "Could not"
	 * @param statements runs them
	 * @param <T> type of the result
	 * @return their result
	 * @throws StoreUnavailableException if they fail; nobody knows whether they happened
	 */
	<T> T transaction(String what, Function<JdbcClient, T> statements) {
		return on(what, (connection) -> {
			prepareWrite(connection);
			return committed(connection, statements);
		});
	}

	/**
	 * Run queries that read a lot, in a transaction, because PostgreSQL streams only
	 * there.
	 * @param what what is tried, after "Could not"
	 * @param statements runs them
	 * @param <T> type of the result
	 * @return their result
	 * @throws StoreUnavailableException if they fail
	 */
	<T> T stream(String what, Function<JdbcClient, T> statements) {
		return on(what, (connection) -> committed(connection, statements));
	}

	/**
	 * Run statements that are repeated all the time, on a connection that is kept and
	 * prepared for that.
	 * @param what what is tried, after "Could not"
	 * @param statements runs them
	 * @param <T> type of the result
	 * @return their result
	 * @throws StoreUnavailableException if they fail; nobody knows whether they happened
	 */
	<T> T poll(String what, Function<JdbcClient, T> statements) {
		return polling(what, (connection) -> bound(connection, statements));
	}

	/**
	 * Run statements as {@link #poll} does, but in one transaction.
	 * @param what what is tried, after "Could not"
	 * @param statements runs them
	 * @param <T> type of the result
	 * @return their result
	 * @throws StoreUnavailableException if they fail; nobody knows whether they happened
	 */
	<T> T pollInTransaction(String what, Function<JdbcClient, T> statements) {
		return polling(what, (connection) -> committed(connection, statements));
	}

	/** Give back the connection that is kept. */
	void close() {
		this.pollLock.lock();
		try {
			this.polling.discard();
		}
		finally {
			this.pollLock.unlock();
		}
	}

	private <T> T polling(String what, OnConnection<T> work) {
		return Interrupts.defer(() -> {
			this.pollLock.lock();
			try {
				return work.run(this.polling.get());
			}
			catch (SQLException | DataAccessException ex) {
				this.polling.discard();
				throw new StoreUnavailableException("Could not " + what, ex);
			}
			finally {
				this.pollLock.unlock();
			}
		});
	}

	private <T> T on(String what, OnConnection<T> work) {
		return Interrupts.defer(() -> {
			this.database.dialect();
			try (Connection connection = this.database.open()) {
				return work.run(connection);
			}
			catch (SQLException | DataAccessException ex) {
				throw new StoreUnavailableException("Could not " + what, ex);
			}
		});
	}

	private <T> T committed(Connection connection, Function<JdbcClient, T> statements) throws SQLException {
		connection.setAutoCommit(false);
		try {
			T result = bound(connection, statements);
			connection.commit();
			connection.setAutoCommit(true);
			return result;
		}
		catch (SQLException | RuntimeException | Error ex) {
			undo(connection, ex);
			throw ex;
		}
	}

	private static void undo(Connection connection, Throwable reason) {
		try {
			connection.rollback();
			connection.setAutoCommit(true);
		}
		catch (SQLException ex) {
			reason.addSuppressed(ex);
		}
	}

	private void prepareWrite(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : dialect().setup().command(this.database.settings().lockTimeout())) {
				statement.execute(sql);
			}
		}
	}

	/** Make Spring use exactly this connection, and neither keep nor share it. */
	private <T> T bound(Connection connection, Function<JdbcClient, T> statements) {
		TransactionSynchronizationManager.bindResource(this.source, new ConnectionHolder(connection));
		try {
			return statements.apply(this.client);
		}
		finally {
			TransactionSynchronizationManager.unbindResource(this.source);
		}
	}

	/** Work on one connection. */
	private interface OnConnection<T> {

		T run(Connection connection) throws SQLException;

	}

	/** A key of its own for the thread's connections: never the caller's. */
	private static final class OwnConnections extends AbstractDataSource {

		private final Database database;

		OwnConnections(Database database) {
			this.database = database;
		}

		@Override
		public Connection getConnection() throws SQLException {
			return this.database.open();
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return this.database.open();
		}

	}

}
