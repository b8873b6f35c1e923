package dev.durable.store.dynamodb;

import java.time.Duration;

/**
 * The settings of a store.
 *
 * @param table name of the table
 * @param createTable whether to create it
 * @param shards how many partitions share the work of all executions
 * @param listed whether executions can be listed and are removed on time
 * @param retention how long items outlive their execution's timeout at most; negative for
 * ever
 */
record DynamoDbStoreSettings(String table, boolean createTable, int shards, boolean listed, Duration retention) {

	private static final int MAX_SHARDS = 128;

	DynamoDbStoreSettings {
		if (!table.matches("[a-zA-Z0-9_.-]{3,255}")) {
			throw new IllegalArgumentException(
					"'table' must be 3 to 255 of [a-zA-Z0-9_.-], as DynamoDB demands, but was '%s'".formatted(table));
		}
		if (shards < 1 || shards > MAX_SHARDS) {
			throw new IllegalArgumentException(
					"'shards' must be between 1 and %d but was %d".formatted(MAX_SHARDS, shards));
		}
	}

}
