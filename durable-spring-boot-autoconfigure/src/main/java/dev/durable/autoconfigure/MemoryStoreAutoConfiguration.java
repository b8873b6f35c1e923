package dev.durable.autoconfigure;

import dev.durable.store.CheckpointStore;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Keeps executions in memory when no other store was set up. */
@AutoConfiguration(afterName = { "dev.durable.autoconfigure.jdbc.JdbcStoreAutoConfiguration",
		"dev.durable.autoconfigure.dynamodb.DynamoDbStoreAutoConfiguration",
		"dev.durable.autoconfigure.lambda.LambdaEngineAutoConfiguration" })
@ConditionalOnMissingBean(value = CheckpointStore.class, type = "dev.durable.lambda.LambdaEngine")
@EnableConfigurationProperties(DurableProperties.class)
public final class MemoryStoreAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(MemoryStoreAutoConfiguration.class);

	@Bean
	MemoryCheckpointStore memoryCheckpointStore(DurableProperties properties,
			ConfigurableListableBeanFactory beanFactory) {
		MissingStore missing = new MissingStore(beanFactory.getBeanClassLoader());
		missing.refuse(properties.store().type());
		if (properties.store().type() == null) {
			logger.warn(
					"Durable executions are kept in memory because there is no DataSource{}: "
							+ "none of them survives a restart. Set 'durable.store.type=memory' if that is meant{}.",
					missing.hasJdbc() ? "" : " with durable-store-jdbc beside it",
					missing.hasDynamoDb() ? ", or 'durable.store.type=dynamodb'" : "");
		}
		return new MemoryCheckpointStore();
	}

}
