package dev.durable.store.dynamodb;

import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.tck.TornAppendContract;
import org.junit.jupiter.api.BeforeEach;

class DynamoDbTornAppendTests extends TornAppendContract {

	private String table;

	private DynamoDbCheckpointStore there;

	@BeforeEach
	void buildStore() {
		this.table = LocalDynamoDb.freshTable();
		this.there = StorePair.store(LocalDynamoDb.directClient(), this.table, 1, time());
	}

	@Override
	protected CheckpointStore store() {
		return this.there;
	}

	@Override
	protected CheckpointStore otherNode() {
		return this.there;
	}

	@Override
	protected ExecutionQueries queries() {
		return this.there.queries();
	}

	@Override
	protected MortalStore mortal(int writes) {
		MortalClient client = new MortalClient(LocalDynamoDb.directClient(), writes);
		CheckpointStore store = StorePair.store(client.client(), this.table, 1, time());
		return new MortalStore() {

			@Override
			public CheckpointStore store() {
				return store;
			}

			@Override
			public int writes() {
				return client.writes();
			}

			@Override
			public void whenDead(Runnable listener) {
				client.whenDead(listener);
			}

		};
	}

}
