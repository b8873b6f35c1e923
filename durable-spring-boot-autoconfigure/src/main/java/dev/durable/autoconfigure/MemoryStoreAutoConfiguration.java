package dev.durable.autoconfigure;

import dev.durable.autoconfigure.DurableProperties.StoreType;
import dev.durable.store.CheckpointStore;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

/** Keeps executions in memory when no other store was set up. */
@AutoConfiguration(afterName = "dev.durable.autoconfigure.jdbc.JdbcStoreAutoConfiguration")
@ConditionalOnMissingBean(CheckpointStore.class)
@EnableConfigurationProperties(DurableProperties.class)
public final class MemoryStoreAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(MemoryStoreAutoConfiguration.class);

	@Bean
	MemoryCheckpointStore memoryCheckpointStore(DurableProperties properties,
			ConfigurableListableBeanFactory beanFactory) {
		boolean jdbcIsPresent = ClassUtils.isPresent("dev.durable.store.jdbc.JdbcCheckpointStore",
				beanFactory.getBeanClassLoader());
		refuseInsteadOfJdbc(properties.store().type(), jdbcIsPresent);
		if (properties.store().type() == null) {
			logger.warn(
					"Durable executions are kept in memory because there is no DataSource{}: "
							+ "none of them survives a restart. Set 'durable.store.type=memory' if that is meant.",
					jdbcIsPresent ? "" : " with durable-store-jdbc beside it");
		}
		return new MemoryCheckpointStore();
	}

	private static void refuseInsteadOfJdbc(@Nullable StoreType type, boolean jdbcIsPresent) {
		if (type != StoreType.JDBC) {
			return;
		}
		if (!jdbcIsPresent) {
			throw new StoreSelectionException(
					"'durable.store.type' is 'jdbc' but durable-store-jdbc is not on the class path.",
					"Add the dependency dev.durable:durable-store-jdbc, or set 'durable.store.type=memory'.");
		}
		throw new StoreSelectionException("'durable.store.type' is 'jdbc' but the application has no DataSource.",
				"Add spring-boot-starter-jdbc and a database driver and set 'spring.datasource.url', "
						+ "define a DataSource bean, or set 'durable.store.type=memory'.");
	}

}
