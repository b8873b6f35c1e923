package dev.durable.store.dynamodb;

import dev.durable.store.StoreClock;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Two stores on one fresh table, as two nodes have them.
 *
 * @param here a node's store
 * @param there another node's
 */
record StorePair(DynamoDbCheckpointStore here, DynamoDbCheckpointStore there) {

	static StorePair fresh(StoreClock clock) {
		return fresh(LocalDynamoDb.client(), 4, clock);
	}

	/** For tests of many thousand requests: fewer of them, and no thread for any. */
	static StorePair quick(StoreClock clock) {
		return fresh(LocalDynamoDb.directClient(), 1, clock);
	}

	private static StorePair fresh(DynamoDbAsyncClient client, int shards, StoreClock clock) {
		String table = LocalDynamoDb.freshTable();
		return new StorePair(store(client, table, shards, clock), store(client, table, shards, clock));
	}

	static DynamoDbCheckpointStore store(DynamoDbAsyncClient client, String table, int shards, StoreClock clock) {
		return DynamoDbCheckpointStore.builder(client).table(table).shards(shards).clock(clock).build();
	}

}
