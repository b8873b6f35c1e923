package dev.durable.store.jdbc;

import javax.sql.DataSource;

import dev.durable.store.ExecutionQueries;
import dev.durable.store.tck.CrashEverywhereContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Crashes at every append, with what the database keeps. */
abstract class JdbcCrashEverywhereContract extends CrashEverywhereContract {

	private StorePair stores;

	abstract DataSource database();

	/** The memory store tries every crash; here each append is a commit. */
	@Override
	protected int stride() {
		return 12;
	}

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
