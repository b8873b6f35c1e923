package dev.durable.sample.orders;

import java.util.UUID;

class H2CrashEverywhereTests extends CrashEverywhereContract {

	@Override
	Storage freshStorage() {
		return Storage.database("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
	}

}
