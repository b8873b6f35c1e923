package dev.durable.autoconfigure.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * What a JDBC URL says about its database, without a connection.
 *
 * @param text the URL, or {@code null} if it is not known
 */
record JdbcUrl(@Nullable String text) {

	/** Return whether the database runs in this process, in memory or in a file. */
	boolean isEmbedded() {
		return startsWith("jdbc:h2:") && !startsWith("jdbc:h2:tcp:") && !startsWith("jdbc:h2:ssl:");
	}

	/** Return whether the database is lost with this process. */
	boolean isInMemory() {
		return startsWith("jdbc:h2:mem:");
	}

	private boolean startsWith(String prefix) {
		return this.text != null && this.text.startsWith(prefix);
	}

	/** Tell nothing: URLs may hold passwords. */
	@Override
	public String toString() {
		return "JdbcUrl[embedded=%s]".formatted(isEmbedded());
	}

}
