package dev.durable.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes H2 write a commit to its file before it answers. By default it waits up to half a
 * second, and a killed process loses what it had committed.
 */
final class H2WriteDelay {

	private static final String QUERY = "select setting_value from information_schema.settings"
			+ " where setting_name = 'WRITE_DELAY'";

	private H2WriteDelay() {
	}

	static void check(Connection connection) throws SQLException {
		String url = connection.getMetaData().getURL();
		if (!url.startsWith("jdbc:h2:") || url.startsWith("jdbc:h2:mem:") || isZero(connection)) {
			return;
		}
		try (Statement statement = connection.createStatement()) {
			statement.execute("set write_delay 0");
		}
		catch (SQLException ex) {
			throw new IllegalStateException("H2 loses committed data when the process is killed unless WRITE_DELAY"
					+ " is 0, and this user may not set it; add ';WRITE_DELAY=0' to the URL or connect as an"
					+ " administrator", ex);
		}
	}

	private static boolean isZero(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(QUERY)) {
			return result.next() && "0".equals(result.getString(1));
		}
	}

}
