package dev.durable.docs;

import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.memory.MemoryCheckpointStore;
import dev.durable.store.tck.CheckpointStoreContract;

class MemoryStoreContractTests extends CheckpointStoreContract {

	private final MemoryCheckpointStore store = new MemoryCheckpointStore(time());

	@Override
	protected CheckpointStore store() {
		return this.store;
	}

	@Override
	protected CheckpointStore otherNode() {
		return this.store;
	}

	@Override
	protected ExecutionQueries queries() {
		return this.store;
	}

}
