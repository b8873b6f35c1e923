package dev.durable.sample.orders;

import java.util.List;

import dev.durable.store.CheckpointStore;
import dev.durable.store.dynamodb.DynamoDbCheckpointStore;
import dev.durable.store.jdbc.JdbcCheckpointStore;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What survives a simulated process: its database, and what keeps its executions if that
 * is something else.
 *
 * @param jdbcUrl the database of stock and payments
 * @param type the type of the store that keeps executions
 * @param bean what processes hand on to each other, if it would not survive otherwise
 * @param properties what a process must be told to use the store
 */
record Storage(String jdbcUrl, Class<? extends CheckpointStore> type, @Nullable Object bean,
		List<String> properties) implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	/** Everything in one database. */
	static Storage database(String jdbcUrl) {
		return new Storage(jdbcUrl, JdbcCheckpointStore.class, null, List.of());
	}

	/** Executions in memory. */
	static Storage memory(String jdbcUrl) {
		return new Storage(jdbcUrl, MemoryCheckpointStore.class, new MemoryCheckpointStore(), List.of());
	}

	/**
	 * Executions in a DynamoDB table of their own. All processes use one client, because
	 * it takes seconds to close one.
	 */
	static Storage dynamoDb(String jdbcUrl, DynamoDbAsyncClient client, String table) {
		return new Storage(jdbcUrl, DynamoDbCheckpointStore.class, client,
				List.of("--durable.store.type=dynamodb", "--durable.store.dynamodb.create-table=true",
						"--durable.store.dynamodb.table=" + table, "--logging.level.software.amazon.dynamodb=off"));
	}

	/** Whether a step's effect and its record commit together. */
	boolean isTransactional() {
		return this.type == JdbcCheckpointStore.class;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		if (this.bean != null) {
			context.getBeanFactory().registerSingleton("survivor", this.bean);
		}
	}

}
