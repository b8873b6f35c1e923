package dev.durable.conformance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.durable.store.StoreClock;
import dev.durable.store.jdbc.JdbcCheckpointStore;

/** A database that has a JDBC driver. */
final class JdbcDatabase {

	private JdbcDatabase() {
	}

	static OpenDatabase.Opened open(String url, StoreClock clock) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setMaximumPoolSize(8);
		config.setMinimumIdle(1);
		HikariDataSource pool = new HikariDataSource(config);
		JdbcCheckpointStore store = JdbcCheckpointStore.builder(pool).initializeSchema(true).clock(clock).build();
		return new OpenDatabase.Opened(store, store.queries(), () -> {
			store.close();
			pool.close();
		});
	}

}
