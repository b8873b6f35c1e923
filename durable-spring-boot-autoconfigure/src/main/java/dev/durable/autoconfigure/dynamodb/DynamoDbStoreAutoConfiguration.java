package dev.durable.autoconfigure.dynamodb;

import dev.durable.autoconfigure.DurableProperties;
import dev.durable.autoconfigure.StoreSelectionException;
import dev.durable.embedded.EngineSettings;
import dev.durable.spring.DurableFunctions;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.dynamodb.DynamoDbCheckpointStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Keeps executions in a DynamoDB table, asked by the application's client if it has one.
 */
@AutoConfiguration
@ConditionalOnClass({ DynamoDbCheckpointStore.class, DynamoDbAsyncClient.class })
@ConditionalOnProperty(name = "durable.store.type", havingValue = "dynamodb")
@ConditionalOnMissingBean(CheckpointStore.class)
@EnableConfigurationProperties(DurableProperties.class)
public final class DynamoDbStoreAutoConfiguration {

	@Bean
	DynamoDbCheckpointStore dynamoDbCheckpointStore(StoreClient client, LongestRetention retention,
			DurableProperties properties) {
		DurableProperties.DynamoDb dynamodb = properties.store().dynamodb();
		try {
			return DynamoDbCheckpointStore.builder(client.client())
				.table(dynamodb.table())
				.createTable(dynamodb.createTable())
				.shards(dynamodb.shards())
				.listIndex(dynamodb.listIndex())
				.retention(retention.duration())
				.build();
		}
		catch (IllegalArgumentException ex) {
			throw new StoreSelectionException("The DynamoDB store cannot be set up: " + ex.getMessage(),
					"Correct that property of 'durable.store.dynamodb'.");
		}
	}

	@Bean
	@ConditionalOnMissingBean
	ExecutionQueries dynamoDbExecutionQueries(DynamoDbCheckpointStore store) {
		return store.queries();
	}

	@Bean
	LongestRetention durableLongestRetention(DurableProperties properties, ObjectProvider<EngineSettings> settings) {
		EngineSettings engine = settings.getIfAvailable();
		return LongestRetention.of((engine != null) ? engine.executions().retention() : properties.retention(),
				properties.functions().values());
	}

	@Bean
	TimeToLiveCheck durableTimeToLiveCheck(LongestRetention retention, ObjectProvider<DurableFunctions> functions) {
		return new TimeToLiveCheck(retention, functions);
	}

	@Bean
	StoreClient durableDynamoDbClient(DurableProperties properties, ObjectProvider<DynamoDbAsyncClient> clients,
			ObjectProvider<AwsCredentialsProvider> credentials, ObjectProvider<AwsRegionProvider> regions) {
		DurableProperties.DynamoDb dynamodb = properties.store().dynamodb();
		DynamoDbAsyncClient theirs = OwnClient.isAskedFor(dynamodb) ? null : only(clients);
		if (theirs != null) {
			return new StoreClient(theirs, () -> {
			});
		}
		DynamoDbAsyncClient own = new OwnClient(dynamodb, credentials.getIfUnique(), regions.getIfUnique()).build();
		return new StoreClient(own, own::close);
	}

	private static @Nullable DynamoDbAsyncClient only(ObjectProvider<DynamoDbAsyncClient> clients) {
		try {
			return clients.getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new StoreSelectionException(
					"Durable executions need one DynamoDbAsyncClient but the application has %d of which none is primary: %s."
						.formatted(ex.getNumberOfBeansFound(), ex.getBeanNamesFound()),
					"Annotate the one for durable executions with @Primary, or set 'durable.store.dynamodb.region' "
							+ "so that they get a client of their own.");
		}
	}

	/**
	 * Holds the client without being one, so that it is injected nowhere by accident.
	 *
	 * @param client asks DynamoDB
	 * @param release closes what is not the application's
	 */
	record StoreClient(DynamoDbAsyncClient client, Runnable release) implements AutoCloseable {

		@Override
		public void close() {
			this.release.run();
		}

	}

}
