package dev.durable.sample.orders;

import dev.durable.store.CheckpointStore;
import dev.durable.store.jdbc.JdbcCheckpointStore;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What survives a simulated process: its database, and the memory of its store if that is
 * where executions are kept.
 *
 * @param jdbcUrl the database of stock and payments
 * @param memory where executions are kept, or {@code null} for the database
 */
record Storage(String jdbcUrl, @Nullable MemoryCheckpointStore memory)
		implements
			ApplicationContextInitializer<ConfigurableApplicationContext> {

	Class<? extends CheckpointStore> type() {
		return (this.memory != null) ? MemoryCheckpointStore.class : JdbcCheckpointStore.class;
	}

	/** Whether a step's effect and its record commit together. */
	boolean isTransactional() {
		return this.memory == null;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		if (this.memory != null) {
			context.getBeanFactory().registerSingleton("memoryThatSurvives", this.memory);
		}
	}

}
