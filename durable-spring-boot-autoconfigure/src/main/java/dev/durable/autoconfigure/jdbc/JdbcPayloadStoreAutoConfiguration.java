package dev.durable.autoconfigure.jdbc;

import dev.durable.autoconfigure.DurableProperties;
import dev.durable.payload.PayloadStore;
import dev.durable.store.jdbc.JdbcPayloadStore;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Keeps large payloads in a table beside the journal's, on the journal's connections. */
@AutoConfiguration(after = JdbcStoreAutoConfiguration.class)
@ConditionalOnClass(JdbcPayloadStore.class)
@ConditionalOnProperty(name = "durable.payload.offload.type", havingValue = "jdbc")
@ConditionalOnBean(JournalConnections.class)
@ConditionalOnMissingBean(PayloadStore.class)
public final class JdbcPayloadStoreAutoConfiguration {

	@Bean
	JdbcPayloadStore durableJdbcPayloadStore(JournalConnections connections, DurableProperties properties) {
		DurableProperties.Jdbc jdbc = properties.store().jdbc();
		return new JdbcPayloadStore(connections.dataSource(), jdbc.tablePrefix(),
				JdbcStoreAutoConfiguration.initializes(jdbc.initializeSchema(), connections.url()));
	}

}
