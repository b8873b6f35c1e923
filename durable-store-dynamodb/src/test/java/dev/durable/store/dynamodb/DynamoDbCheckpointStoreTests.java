package dev.durable.store.dynamodb;

import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.tck.CheckpointStoreContract;
import org.junit.jupiter.api.BeforeEach;

class DynamoDbCheckpointStoreTests extends CheckpointStoreContract {

	private StorePair stores;

	@BeforeEach
	void buildStores() {
		this.stores = StorePair.fresh(time());
	}

	@Override
	protected CheckpointStore store() {
		return this.stores.here();
	}

	@Override
	protected CheckpointStore otherNode() {
		return this.stores.there();
	}

	@Override
	protected ExecutionQueries queries() {
		return this.stores.here().queries();
	}

}
