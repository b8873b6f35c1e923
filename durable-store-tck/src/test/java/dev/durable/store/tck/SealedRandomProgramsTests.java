package dev.durable.store.tck;

import dev.durable.payload.PayloadSealing;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.memory.MemoryCheckpointStore;

/** Payloads are encrypted, and all but the smallest are kept apart from the history. */
class SealedRandomProgramsTests extends RandomProgramsContract {

	private final MemoryPayloadStore payloads = new MemoryPayloadStore();

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

	@Override
	protected PayloadSealing sealing() {
		return Sealings.everything(this.payloads);
	}

	@Override
	protected int programs() {
		return 200;
	}

}
