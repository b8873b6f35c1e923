package dev.durable.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Creates the table of offloaded payloads if it is missing. Several nodes may do so at
 * once.
 *
 * @param tables what the table is called
 */
record PayloadSchema(TablePrefix tables) {

	private static final int ATTEMPTS = 5;

	private static final Map<String, String> SCRIPTS = new TreeMap<>(Map.of("H2", "payload-h2.sql", "PostgreSQL",
			"payload-postgresql.sql", "MySQL", "payload-mysql.sql", "MariaDB", "payload-mysql.sql"));

	void create(Connection connection) throws SQLException {
		String script = script(connection.getMetaData().getDatabaseProductName());
		for (int attempt = 1;; attempt++) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(script);
				return;
			}
			catch (SQLException ex) {
				if (attempt == ATTEMPTS) {
					throw ex;
				} // else: another node may have been faster
			}
		}
	}

	private String script(String product) {
		String name = SCRIPTS.get(product);
		if (name == null) {
			throw new IllegalStateException(
					"Payloads can be kept in %s but the database is '%s'; give it another DataSource"
						.formatted(SCRIPTS.keySet(), product));
		}
		try (InputStream script = PayloadSchema.class.getResourceAsStream(name)) {
			String text = new String(Objects.requireNonNull(script, name).readAllBytes(), StandardCharsets.UTF_8);
			return this.tables.apply(text.replaceAll("(?m)^--.*$", "").replace(";", ""));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
