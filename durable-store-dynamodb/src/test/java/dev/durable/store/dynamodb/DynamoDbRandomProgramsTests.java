package dev.durable.store.dynamodb;

import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.tck.RandomProgramsContract;
import org.junit.jupiter.api.BeforeEach;

class DynamoDbRandomProgramsTests extends RandomProgramsContract {

	private StorePair stores;

	/** The memory store runs many; here each append is a request and more. */
	@Override
	protected int programs() {
		return 40;
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
