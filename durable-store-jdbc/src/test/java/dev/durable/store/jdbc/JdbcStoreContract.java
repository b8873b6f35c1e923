package dev.durable.store.jdbc;

import javax.sql.DataSource;

import dev.durable.store.ExecutionQueries;
import dev.durable.store.tck.CheckpointStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract for stores in one database, two of them on pools of their own. */
abstract class JdbcStoreContract extends CheckpointStoreContract {

	private StorePair stores;

	abstract DataSource database();

	@BeforeEach
	void buildStores() {
		this.stores = new StorePair(database(), time());
	}

	@AfterEach
	void closeStores() {
		this.stores.close();
	}

	@Override
	protected JdbcCheckpointStore store() {
		return this.stores.here();
	}

	@Override
	protected JdbcCheckpointStore otherNode() {
		return this.stores.there();
	}

	@Override
	protected ExecutionQueries queries() {
		return store().queries();
	}

}
