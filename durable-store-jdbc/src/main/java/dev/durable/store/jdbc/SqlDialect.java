package dev.durable.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.jdbc.core.dialect.JdbcH2Dialect;
import org.springframework.data.jdbc.core.dialect.JdbcPostgresDialect;

/**
 * Where databases differ. A further database is another value and another schema script.
 *
 * @param product the database's name, as its driver tells it
 * @param script the file name of its schema script
 * @param texts the statements that differ
 * @param errors how it reports what matters
 * @param appends how appends are written
 * @param claims how rows are claimed
 * @param reading what Spring Data knows about it
 */
record SqlDialect(String product, String script, Texts texts, Errors errors, AppendWriter appends, RowClaim claims,
		JdbcDialect reading) {

	static final SqlDialect H2 = new SqlDialect("H2", "schema-h2.sql",
			new Texts("select current_timestamp",
					"select count(*) from information_schema.tables where table_schema = current_schema"
							+ " and lower(table_name) = lower(?)",
					List.of(), "in (select execution_id from durable_signal)", null),
			new Errors(Set.of("23505"), Set.of("HYT00", "90131", "40001")), new BatchAppendWriter(),
			RowClaim.LOCK_THEN_UPDATE, JdbcH2Dialect.INSTANCE);

	static final SqlDialect POSTGRESQL = new SqlDialect("PostgreSQL", "schema-postgresql.sql",
			// no plan may read whole tables, not even one made when they were empty
			new Texts("select clock_timestamp()", "select count(to_regclass(?))", List.of("set enable_seqscan = off"),
					// an array, so that no plan reads all executions to find the few
					"= any(array(select execution_id from durable_signal))", "select pg_notify(?, ?)"),
			new Errors(Set.of("23505"), Set.of("55P03", "40P01", "40001")), new PostgresAppendWriter(),
			RowClaim.UPDATE_RETURNING, JdbcPostgresDialect.INSTANCE);

	private static final List<SqlDialect> ALL = List.of(H2, POSTGRESQL);

	/**
	 * Return the dialect of a database.
	 * @param product the database's name, as its driver tells it
	 * @return its dialect
	 * @throws IllegalStateException if there is none
	 */
	static SqlDialect of(String product) {
		return ALL.stream()
			.filter((dialect) -> dialect.product().equals(product))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"The durable store works with %s but the database is '%s'; give it another DataSource"
						.formatted(ALL.stream().map(SqlDialect::product).toList(), product)));
	}

	/**
	 * Return what limits a session's waits for locks, on every database so far.
	 * @param timeout how long one may last
	 * @return the statement
	 */
	static String lockTimeout(Duration timeout) {
		return "set lock_timeout = " + Math.max(1, timeout.toMillis());
	}

	/**
	 * Return whether listeners are told by the database.
	 * @return {@code false} if the store must tell them itself
	 */
	boolean notifies() {
		return this.texts.notification() != null;
	}

	/**
	 * The statements that differ.
	 *
	 * @param now asks for the time
	 * @param tableCount counts tables of a name
	 * @param keptSession prepares a session that appends or polls
	 * @param signalled how an execution's id is compared to find the signalled ones
	 * @param notification tells a channel about an execution; {@code null} if the
	 * database cannot
	 */
	record Texts(String now, String tableCount, List<String> keptSession, String signalled,
			@Nullable String notification) {

	}

	/**
	 * How a database reports what matters, by SQL state.
	 *
	 * @param duplicate a unique key is taken
	 * @param locked a lock was not granted, in time or because of a deadlock
	 */
	record Errors(Set<String> duplicate, Set<String> locked) {

		boolean isDuplicate(SQLException ex) {
			return is(this.duplicate, ex);
		}

		/** Nothing was written, and the connection is as good as before. */
		boolean isRefusal(SQLException ex) {
			return isDuplicate(ex) || isLocked(ex);
		}

		boolean isLocked(SQLException ex) {
			return is(this.locked, ex);
		}

		private static boolean is(Set<String> states, SQLException ex) {
			for (SQLException next = ex; next != null; next = next.getNextException()) {
				if (next.getSQLState() != null && states.contains(next.getSQLState())) {
					return true;
				}
			}
			return false;
		}

	}

}
