package dev.durable.sample.orders;

import java.util.UUID;

class MemoryCrashEverywhereTests extends CrashEverywhereContract {

	@Override
	Storage freshStorage() {
		return Storage.memory("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
	}

}
