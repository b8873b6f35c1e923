package dev.durable.sample.orders;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MariaDbCrashEverywhereTests extends CrashEverywhereContract {

	private static MariaDbServer mariaDb;

	@BeforeAll
	static void startMariaDb() {
		mariaDb = new MariaDbServer();
	}

	@AfterAll
	static void stopMariaDb() {
		mariaDb.close();
	}

	@Override
	Storage freshStorage() {
		return Storage.database(mariaDb.freshDatabase());
	}

	@Override
	int stride() {
		return 3;
	}

}
