package dev.durable.store.jdbc;

import java.time.Duration;

/**
 * What a store is set to.
 *
 * @param tables what its tables are called
 * @param initializeSchema whether it creates missing tables
 * @param lockTimeout how long a statement waits for a lock, from 1 ms
 */
record JdbcStoreSettings(TablePrefix tables, boolean initializeSchema, Duration lockTimeout) {

	JdbcStoreSettings {
		if (lockTimeout.toMillis() < 1 || lockTimeout.compareTo(Duration.ofMinutes(5)) > 0) {
			throw new IllegalArgumentException(
					"'lockTimeout' must be between 1 ms and 5 minutes but was %s".formatted(lockTimeout));
		}
	}

	/** How long a statement may run that is not an append: it may wait for one lock. */
	int statementSeconds() {
		return (int) this.lockTimeout.plusSeconds(30).toSeconds();
	}

}
