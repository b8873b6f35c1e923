package dev.durable.autoconfigure.jdbc;

import javax.sql.DataSource;

import dev.durable.autoconfigure.DurableProperties;
import dev.durable.autoconfigure.StoreSelectionException;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.jdbc.JdbcCheckpointStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Keeps executions in the application's database. */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass(JdbcCheckpointStore.class)
@ConditionalOnProperty(name = "durable.store.type", havingValue = "jdbc", matchIfMissing = true)
@Conditional(OnJdbcStoreCondition.class)
@ConditionalOnMissingBean(CheckpointStore.class)
@EnableConfigurationProperties(DurableProperties.class)
public final class JdbcStoreAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(JdbcStoreAutoConfiguration.class);

	@Bean
	JdbcCheckpointStore jdbcCheckpointStore(JournalConnections connections, StoreDataSource dataSource,
			DurableProperties properties) {
		if (connections.url().isInMemory()) {
			logger.warn("Durable executions are kept in an H2 database in memory: none of them survives a restart. "
					+ "Use a file, such as 'jdbc:h2:async:./data/app;WRITE_DELAY=0', to keep them.");
		}
		return JdbcCheckpointStore.builder(connections.dataSource())
			.transactional(dataSource.dataSource())
			.tablePrefix(properties.store().jdbc().tablePrefix())
			.initializeSchema(initializes(properties.store().jdbc().initializeSchema(), connections.url()))
			.build();
	}

	@Bean
	@ConditionalOnMissingBean
	ExecutionQueries jdbcExecutionQueries(JdbcCheckpointStore store) {
		return store.queries();
	}

	@Bean
	JournalConnections durableJournalConnections(StoreDataSource dataSource, DurableProperties properties) {
		return JournalConnections.besides(dataSource.dataSource(), properties.store().jdbc().connections());
	}

	@Bean
	StoreDataSource durableStoreDataSource(@DurableDataSource ObjectProvider<DataSource> marked,
			ObjectProvider<DataSource> all) {
		DataSource chosen = marked.getIfAvailable();
		try {
			return new StoreDataSource((chosen != null) ? chosen : all.getObject());
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new StoreSelectionException(
					"Durable executions need one DataSource but the application has %d of which none is primary: %s."
						.formatted(ex.getNumberOfBeansFound(), ex.getBeanNamesFound()),
					"Annotate the one whose database keeps the executions with @DurableDataSource or @Primary, "
							+ "or set 'durable.store.type=memory'.");
		}
	}

	static boolean initializes(DurableProperties.InitializeSchema when, JdbcUrl url) {
		return switch (when) {
			case ALWAYS -> true;
			case NEVER -> false;
			case EMBEDDED -> url.isEmbedded();
		};
	}

	/**
	 * Holds the application's {@code DataSource} without being one.
	 *
	 * @param dataSource the one whose database keeps executions
	 */
	record StoreDataSource(DataSource dataSource) {

	}

}
