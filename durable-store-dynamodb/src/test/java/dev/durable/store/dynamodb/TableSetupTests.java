package dev.durable.store.dynamodb;

import java.util.stream.Stream;

import dev.durable.ExecutionId;
import dev.durable.ExecutionQuery;
import dev.durable.store.NodeId;
import dev.durable.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The table is there on first use, or an error says what to do. */
class TableSetupTests {

	private static final NodeId NODE = new NodeId("node");

	private final DynamoDbAsyncClient client = LocalDynamoDb.client();

	@Test
	void tableWhenItIsMissingIsCreatedOnDemandWithATimeToLive() {
		String name = LocalDynamoDb.freshName();
		store(name, true, 4).heartbeat(NODE);
		TableDescription table = this.client.describeTable((request) -> request.tableName(name)).join().table();
		assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
		assertThat(table.globalSecondaryIndexes()).isEmpty();
		TimeToLiveDescription ttl = this.client.describeTimeToLive((request) -> request.tableName(name))
			.join()
			.timeToLiveDescription();
		assertThat(ttl.attributeName()).isEqualTo("ttl");
		assertThat(ttl.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
	}

	@Test
	void tableWhenSeveralNodesCreateItAtOnceIsReadyForAll() {
		String name = LocalDynamoDb.freshName();
		Stream.generate(() -> store(name, true, 4)).limit(4).parallel().forEach((store) -> store.heartbeat(NODE));
		assertThat(store(name, false, 4).find(new ExecutionId("unknown"))).isEmpty();
	}

	@Test
	void tableWhenItIsMissingAndNotToBeCreatedIsAskedFor() {
		String name = LocalDynamoDb.freshName();
		DynamoDbCheckpointStore store = store(name, false, 4);
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.heartbeat(NODE))
			.withMessageContaining("There is no DynamoDB table '%s'", name)
			.withMessageContaining("durable.store.dynamodb.create-table=true");
		store(name, true, 4).heartbeat(NODE);
		store.heartbeat(NODE);
	}

	@Test
	void storeWhenItsShardsDifferFromTheTablesIsRefused() {
		String name = LocalDynamoDb.freshName();
		store(name, true, 4).heartbeat(NODE);
		assertThatExceptionOfType(StoreUnavailableException.class)
			.isThrownBy(() -> store(name, true, 8).heartbeat(NODE))
			.withMessageContaining("has 4 shards but 8 are configured")
			.withMessageContaining("durable.store.dynamodb.shards=4");
	}

	@Test
	void storeWhenASettingIsOutOfRangeIsNotBuilt() {
		assertThatIllegalArgumentException().isThrownBy(() -> store("no table!", false, 4))
			.withMessageContaining("'table'");
		assertThatIllegalArgumentException().isThrownBy(() -> store("durable", false, 0))
			.withMessageContaining("'shards' must be between 1 and 128 but was 0");
	}

	@Test
	void listWhenTheTableKeepsNoListSaysHowToKeepOne() {
		DynamoDbCheckpointStore store = DynamoDbCheckpointStore.builder(this.client)
			.table(LocalDynamoDb.freshTable())
			.listIndex(false)
			.build();
		assertThatIllegalStateException().isThrownBy(() -> store.queries().list(ExecutionQuery.all()))
			.withMessageContaining("durable.store.dynamodb.list-index=true");
	}

	private DynamoDbCheckpointStore store(String table, boolean create, int shards) {
		return DynamoDbCheckpointStore.builder(this.client).table(table).createTable(create).shards(shards).build();
	}

}
