package dev.durable.store.tck;

import dev.durable.payload.PayloadStore;

class MemoryPayloadStoreTests extends PayloadStoreContract {

	private final MemoryPayloadStore store = new MemoryPayloadStore();

	@Override
	protected PayloadStore store() {
		return this.store;
	}

	@Override
	protected PayloadStore otherNode() {
		return this.store;
	}

}
