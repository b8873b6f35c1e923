package dev.durable.store.jdbc;

import javax.sql.DataSource;

import dev.durable.store.ExecutionQueries;
import dev.durable.store.tck.RandomProgramsContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Random programs and crashes, with what the database keeps. */
abstract class JdbcRandomProgramsContract extends RandomProgramsContract {

	private StorePair stores;

	abstract DataSource database();

	/** The memory store runs many; here each append is a commit. */
	@Override
	protected int programs() {
		return 40;
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
