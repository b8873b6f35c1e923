package dev.durable.sample.orders;

import java.util.UUID;

import dev.durable.store.memory.MemoryCheckpointStore;

class MemoryCrashEverywhereTests extends CrashEverywhereContract {

	@Override
	Storage freshStorage() {
		return new Storage("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()),
				new MemoryCheckpointStore());
	}

}
