package dev.durable.store.dynamodb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

import dev.durable.store.StoreUnavailableException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbAsyncWaiter;

/**
 * Makes the table ready on first use only, so that an application starts without it.
 * Thread-safe.
 */
final class TableSetup {

	/** What this code reads and writes; another layout would be another number. */
	private static final long LAYOUT = 1;

	private final DynamoDbAsyncClient client;

	private final DynamoDbStoreSettings settings;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean ready;

	TableSetup(DynamoDbAsyncClient client, DynamoDbStoreSettings settings) {
		this.client = client;
		this.settings = settings;
	}

	DynamoDbStoreSettings settings() {
		return this.settings;
	}

	/**
	 * Make sure that the table is there and fits.
	 * @throws StoreUnavailableException if it is not, or does not; the next call looks
	 * again
	 */
	void prepare() {
		if (this.ready) {
			return;
		}
		this.lock.lock();
		try {
			if (!this.ready) {
				if (this.settings.createTable() && !exists()) {
					create();
				}
				agree();
				this.ready = true;
			}
		}
		catch (ResourceNotFoundException ex) {
			throw new StoreUnavailableException(
					"There is no DynamoDB table '%s': create it, or set 'durable.store.dynamodb.create-table=true'"
						.formatted(this.settings.table()),
					ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean exists() {
		try {
			wait(this.client.describeTable((request) -> request.tableName(this.settings.table())));
			return true;
		}
		catch (ResourceNotFoundException ex) {
			return false;
		}
	}

	private void create() {
		CreateTableRequest request = CreateTableRequest.builder()
			.tableName(this.settings.table())
			.billingMode(BillingMode.PAY_PER_REQUEST)
			.attributeDefinitions(attribute(Key.PARTITION), attribute(Key.SORT))
			.keySchema(element(Key.PARTITION, KeyType.HASH), element(Key.SORT, KeyType.RANGE))
			.build();
		boolean mine = true;
		try {
			wait(this.client.createTable(request));
		}
		catch (ResourceInUseException ex) {
			mine = false; // another node was faster
		}
		try (DynamoDbAsyncWaiter waiter = DynamoDbAsyncWaiter.builder().client(this.client).build()) {
			wait(waiter.waitUntilTableExists((waited) -> waited.tableName(this.settings.table())));
		}
		if (mine) {
			wait(this.client.updateTimeToLive((update) -> update.tableName(this.settings.table())
				.timeToLiveSpecification((ttl) -> ttl.enabled(true).attributeName(Attributes.TIME_TO_LIVE))));
		}
	}

	/** With another number of shards a node would not find what the others wrote. */
	private void agree() {
		Item mine = Item.at(Keys.SETTINGS).with("layout", LAYOUT).with("shards", (long) this.settings.shards());
		try {
			wait(this.client.putItem(PutItemRequest.builder()
				.tableName(this.settings.table())
				.item(mine.values())
				.conditionExpression(Condition.ABSENT.text())
				.expressionAttributeNames(Condition.ABSENT.names())
				.returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
				.build()));
		}
		catch (ConditionalCheckFailedException ex) {
			check(new Item(ex.item()));
		}
	}

	private void check(Item present) {
		long layout = present.number("layout", 0);
		if (layout != LAYOUT) {
			throw new StoreUnavailableException(
					"DynamoDB table '%s' has layout %d and this version knows layout %d: use another table"
						.formatted(this.settings.table(), layout, LAYOUT),
					null);
		}
		long shards = present.number("shards", 0);
		if (shards != this.settings.shards()) {
			throw new StoreUnavailableException(("DynamoDB table '%s' has %d shards but %d are configured; "
					+ "the number cannot change: set 'durable.store.dynamodb.shards=%d'")
				.formatted(this.settings.table(), shards, this.settings.shards(), shards), null);
		}
	}

	private static AttributeDefinition attribute(String name) {
		return AttributeDefinition.builder().attributeName(name).attributeType(ScalarAttributeType.S).build();
	}

	private static KeySchemaElement element(String name, KeyType type) {
		return KeySchemaElement.builder().attributeName(name).keyType(type).build();
	}

	private static <T> T wait(CompletableFuture<T> future) {
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

}
