package dev.durable.store.dynamodb;

import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.tck.CrashEverywhereContract;
import org.junit.jupiter.api.BeforeEach;

class DynamoDbCrashEverywhereTests extends CrashEverywhereContract {

	private StorePair stores;

	/** The memory store tries every crash, and torn appends are tried beside this. */
	@Override
	protected int stride() {
		return 12;
	}

	@BeforeEach
	void buildStores() {
		this.stores = StorePair.quick(time());
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
