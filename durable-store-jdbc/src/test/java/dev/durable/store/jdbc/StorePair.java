package dev.durable.store.jdbc;

import java.util.Set;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.durable.store.NodeId;
import dev.durable.store.StoreClock;

/** Two stores on one emptied database, each with a pool of its own. */
final class StorePair implements AutoCloseable {

	private final HikariDataSource herePool;

	private final HikariDataSource therePool;

	private final JdbcCheckpointStore here;

	private final JdbcCheckpointStore there;

	StorePair(DataSource database, StoreClock clock) {
		this.herePool = Databases.pool(database, 8);
		this.therePool = Databases.pool(database, 8);
		this.here = build(this.herePool, clock);
		this.there = build(this.therePool, clock);
		this.here.ownedBy(new NodeId("nobody"), Set.of()); // creates the tables
		Databases.clear(database);
	}

	private static JdbcCheckpointStore build(HikariDataSource pool, StoreClock clock) {
		return JdbcCheckpointStore.builder(pool).initializeSchema(true).clock(clock).build();
	}

	JdbcCheckpointStore here() {
		return this.here;
	}

	JdbcCheckpointStore there() {
		return this.there;
	}

	@Override
	public void close() {
		this.here.close();
		this.there.close();
		this.herePool.close();
		this.therePool.close();
	}

}
