package dev.durable.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.jdbc.core.dialect.JdbcH2Dialect;
import org.springframework.data.jdbc.core.dialect.JdbcMySqlDialect;
import org.springframework.data.jdbc.core.dialect.JdbcPostgresDialect;
import org.springframework.data.relational.core.sql.IdentifierProcessing;

/**
 * Where databases differ. A further database is another value and another schema script.
 *
 * @param products the database's names, as its drivers tell them
 * @param script the file name of its schema script
 * @param texts the statements that differ
 * @param setup how its sessions are prepared
 * @param errors how it reports what matters
 * @param writing how rows are written
 * @param reading what Spring Data knows about it
 */
record SqlDialect(List<String> products, String script, Texts texts, Setup setup, Errors errors, Writing writing,
		JdbcDialect reading) {

	static final SqlDialect H2 = new SqlDialect(List.of("H2"), "schema-h2.sql",
			new Texts("select cast(extract(epoch from current_timestamp) * 1000 as bigint)",
					"select count(*) from information_schema.tables where table_schema = current_schema"
							+ " and lower(table_name) = lower(?)",
					"in (select execution_id from durable_signal)", null),
			new Setup(List.of(), List.of(), SqlDialect::lockTimeoutInMillis),
			new Errors(Set.of("23505", "23502"), Set.of("HYT00", "90131", "40001"), null),
			new Writing(new BatchAppendWriter(false, BatchAppendWriter.PREVIOUS + " for update"),
					RowClaim.LOCK_THEN_UPDATE),
			JdbcH2Dialect.INSTANCE);

	static final SqlDialect POSTGRESQL = new SqlDialect(List.of("PostgreSQL"), "schema-postgresql.sql",
			new Texts("select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)",
					"select count(to_regclass(?))",
					// an array, so that no plan reads all executions to find the few
					"= any(array(select execution_id from durable_signal))", "select pg_notify(?, ?)"),
			// no plan may read whole tables, not even one made when they were empty
			new Setup(List.of(), List.of("set enable_seqscan = off"), SqlDialect::lockTimeoutInMillis),
			new Errors(Set.of("23505", "23502"), Set.of("55P03", "40P01", "40001"), null),
			new Writing(new PostgresAppendWriter(), RowClaim.UPDATE_RETURNING), JdbcPostgresDialect.INSTANCE);

	static final SqlDialect MYSQL = new SqlDialect(List.of("MariaDB", "MySQL"), "schema-mysql.sql",
			// drivers convert its timestamps by a session's time zone; a number they do
			// not
			new Texts("select timestampdiff(microsecond, '1970-01-01', utc_timestamp(6)) div 1000",
					"select count(*) from information_schema.tables where table_schema = database()"
							+ " and table_name = ?",
					"in (select execution_id from durable_signal)", null),
			// its default locks gaps between rows, where other executions are inserted
			new Setup(List.of("set session transaction isolation level read committed"),
					// or it writes 0 where a position must not be null
					List.of("set session sql_mode = concat(@@sql_mode, ',STRICT_TRANS_TABLES')"),
					SqlDialect::lockTimeoutInSeconds),
			// its SQL states do not tell one broken constraint from another
			new Errors(Set.of("1062", "1048"), Set.of("1205", "1213"),
					"The connection broke while payloads of %d bytes were sent; as text they may need twice that,"
							+ " and a server cuts off whatever exceeds its max_allowed_packet: raise it"),
			new Writing(new BatchAppendWriter(true,
					// a derived table, or it may not be the one that is inserted into;
					// what is
					// just being removed is waited for
					"select found.position from (" + BatchAppendWriter.PREVIOUS + " limit 1 lock in share mode) found"),
					RowClaim.LOCK_THEN_UPDATE),
			new JdbcMySqlDialect(IdentifierProcessing.NONE));

	private static final List<SqlDialect> ALL = List.of(H2, POSTGRESQL, MYSQL);

	/**
	 * Return the dialect of a database.
	 * @param product the database's name, as its driver tells it
	 * @return its dialect
	 * @throws IllegalStateException if there is none
	 */
	static SqlDialect of(String product) {
		return ALL.stream()
			.filter((dialect) -> dialect.products().contains(product))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"The durable store works with %s but the database is '%s'; give it another DataSource"
						.formatted(ALL.stream().flatMap((dialect) -> dialect.products().stream()).toList(), product)));
	}

	/**
	 * Return whether listeners are told by the database.
	 * @return {@code false} if the store must tell them itself
	 */
	boolean notifies() {
		return this.texts.notification() != null;
	}

	private static String lockTimeoutInMillis(Duration timeout) {
		return "set lock_timeout = " + Math.max(1, timeout.toMillis());
	}

	/** Rounded; MariaDB can also not wait at all, and MySQL waits at least a second. */
	private static String lockTimeoutInSeconds(Duration timeout) {
		long seconds = timeout.plusMillis(500).toSeconds();
		return "set innodb_lock_wait_timeout = " + ((seconds > 0) ? seconds : "if(version() like '%MariaDB%', 0, 1)");
	}

	/**
	 * The statements that differ.
	 *
	 * @param now asks for the time, in milliseconds since 1970
	 * @param tableCount counts tables of a name
	 * @param signalled how an execution's id is compared to find the signalled ones
	 * @param notification tells a channel about an execution; {@code null} if the
	 * database cannot
	 */
	record Texts(String now, String tableCount, String signalled, @Nullable String notification) {

	}

	/**
	 * How sessions are prepared.
	 *
	 * @param writing statements for every session that writes
	 * @param keeping statements for one that is kept besides, because it appends or polls
	 * @param lockTimeout makes the statement that limits a session's waits for locks
	 */
	record Setup(List<String> writing, List<String> keeping, Function<Duration, String> lockTimeout) {

		List<String> kept() {
			return Stream.concat(this.writing.stream(), this.keeping.stream()).toList();
		}

		List<String> command(Duration patience) {
			return Stream.concat(this.writing.stream(), Stream.of(this.lockTimeout.apply(patience))).toList();
		}

	}

	/**
	 * How rows are written.
	 *
	 * @param appends how appends are written
	 * @param claims how rows are claimed
	 */
	record Writing(AppendWriter appends, RowClaim claims) {

	}

	/**
	 * How a database reports what matters, by SQL states or its own error codes.
	 *
	 * @param conflict a unique key is taken, or there is nothing where a value must be: a
	 * position that follows a missing one
	 * @param locked a lock was not granted, in time or because of a deadlock
	 * @param cutOff why the connection may have broken at a long statement; {@code null}
	 * if its length is no reason
	 */
	record Errors(Set<String> conflict, Set<String> locked, @Nullable String cutOff) {

		/** No server refuses less. */
		private static final int LONG = 1 << 19;

		boolean isConflict(SQLException ex) {
			return is(this.conflict, ex);
		}

		/** Nothing was written, and the connection is as good as before. */
		boolean isRefusal(SQLException ex) {
			return isConflict(ex) || isLocked(ex);
		}

		boolean isLocked(SQLException ex) {
			return is(this.locked, ex);
		}

		/**
		 * Add to an error what its length may have to do with it.
		 * @param ex the error
		 * @param bytes how many bytes the payloads had
		 * @return the same error, or one that says more
		 */
		SQLException explained(SQLException ex, long bytes) {
			boolean broken = ex.getSQLState() != null && ex.getSQLState().startsWith("08");
			return (this.cutOff != null && broken && bytes > LONG)
					? new SQLException(this.cutOff.formatted(bytes), ex.getSQLState(), ex) : ex;
		}

		private static boolean is(Set<String> codes, SQLException ex) {
			for (SQLException next = ex; next != null; next = next.getNextException()) {
				if (next.getSQLState() != null && codes.contains(next.getSQLState())
						|| codes.contains(String.valueOf(next.getErrorCode()))) {
					return true;
				}
			}
			return false;
		}

	}

}
