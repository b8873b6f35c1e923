package dev.durable.store.jdbc;

import java.util.regex.Pattern;

/**
 * What the names of the store's tables begin with. Statements and scripts are written
 * with {@value #DEFAULT} and converted.
 *
 * @param value a plain identifier
 */
record TablePrefix(String value) {

	static final String DEFAULT = "durable_";

	private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,30}");

	TablePrefix {
		if (!ALLOWED.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"'tablePrefix' must match %s but was '%s'; choose a schema by the connection's URL or user"
						.formatted(ALLOWED.pattern(), value));
		}
	}

	String apply(String sql) {
		return this.value.equals(DEFAULT) ? sql : sql.replace(DEFAULT, this.value);
	}

}
