package dev.durable.autoconfigure.dynamodb;

import dev.durable.autoconfigure.MemoryStoreAutoConfiguration;
import dev.durable.autoconfigure.StoreSelectionException;
import dev.durable.autoconfigure.jdbc.JdbcStoreAutoConfiguration;
import dev.durable.store.CheckpointStore;
import dev.durable.store.ExecutionQueries;
import dev.durable.store.NodeId;
import dev.durable.store.StoreUnavailableException;
import dev.durable.store.dynamodb.DynamoDbCheckpointStore;
import dev.durable.store.jdbc.JdbcCheckpointStore;
import dev.durable.store.memory.MemoryCheckpointStore;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Tests of {@link DynamoDbStoreAutoConfiguration}. */
class DynamoDbStoreAutoConfigurationTests {

	private static final NodeId NODE = new NodeId("node-1");

	private final LocalDynamoDb local = new LocalDynamoDb();

	private final ApplicationContextRunner anyRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DynamoDbStoreAutoConfiguration.class, JdbcStoreAutoConfiguration.class,
				MemoryStoreAutoConfiguration.class));

	private final ApplicationContextRunner contextRunner = this.anyRunner
		.withPropertyValues("durable.store.type=dynamodb");

	private final ApplicationContextRunner localRunner = this.contextRunner
		.withBean(DynamoDbAsyncClient.class, this.local::client)
		.withPropertyValues("durable.store.dynamodb.table=" + LocalDynamoDb.freshTable());

	@Test
	void storeWhenDynamoDbIsAskedForIsItWithoutAnyRequest() {
		this.localRunner.run((context) -> {
			assertThat(context).hasSingleBean(CheckpointStore.class)
				.hasSingleBean(DynamoDbCheckpointStore.class)
				.hasSingleBean(ExecutionQueries.class);
			assertThat(this.local.requests()).isZero();
		});
	}

	@Test
	void storeWhenThereIsADataSourceTooIsDynamoDb() {
		this.localRunner.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=jdbc:h2:tcp://127.0.0.1:1/down")
			.run((context) -> assertThat(context).hasSingleBean(DynamoDbCheckpointStore.class)
				.doesNotHaveBean(JdbcCheckpointStore.class)
				.hasSingleBean(CheckpointStore.class));
	}

	@Test
	void storeWhenNoTypeIsSetIsAnother() {
		this.anyRunner.withBean(DynamoDbAsyncClient.class, this.local::client)
			.run((context) -> assertThat(context).hasSingleBean(MemoryCheckpointStore.class)
				.doesNotHaveBean(DynamoDbCheckpointStore.class));
	}

	@Test
	void storeWhenTheApplicationHasOneBacksOff() {
		this.localRunner.withBean("ownStore", MemoryCheckpointStore.class, MemoryCheckpointStore::new)
			.run((context) -> assertThat(context).hasSingleBean(CheckpointStore.class).hasBean("ownStore"));
	}

	@Test
	void storeWhenItMayCreateTheTableDoes() {
		this.localRunner.withPropertyValues("durable.store.dynamodb.create-table=true")
			.run((context) -> assertThatNoException()
				.isThrownBy(() -> context.getBean(CheckpointStore.class).heartbeat(NODE)));
	}

	@Test
	void storeWhenTheTableIsMissingSaysWhatToDo() {
		this.localRunner.run((context) -> assertThatExceptionOfType(StoreUnavailableException.class)
			.isThrownBy(() -> context.getBean(CheckpointStore.class).heartbeat(NODE))
			.withMessageContaining("durable.store.dynamodb.create-table=true"));
	}

	@Test
	void storeWhenASettingIsOutOfRangeFailsWithAdvice() {
		this.localRunner.withPropertyValues("durable.store.dynamodb.shards=0").run((context) -> {
			assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(StoreSelectionException.class)
				.hasMessageContaining("'shards' must be between 1 and 128 but was 0");
		});
	}

}
