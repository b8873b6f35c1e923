package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Sends appends to a database over a connection that it is given. */
interface AppendWriter {

	/**
	 * Return whether a group is a single statement, so that it needs no transaction.
	 * @param group the group
	 * @return whether it is
	 */
	boolean isSingleStatement(AppendGroup group);

	/**
	 * Write appends of different executions; commits nothing itself. The journal decides:
	 * a change of an execution row that does not exist changes nothing.
	 * @param connection where
	 * @param tables what the tables are called
	 * @param group at least one append
	 * @throws SQLException if any of them fails; the caller rolls back
	 */
	void write(Connection connection, TablePrefix tables, AppendGroup group) throws SQLException;

}
