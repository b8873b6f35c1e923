package dev.durable.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

import dev.durable.store.StoreClock;
import dev.durable.store.dynamodb.DynamoDbCheckpointStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A table of DynamoDB Local, by a URL such as {@code dynamodb://127.0.0.1:8000/table}.
 */
final class DynamoDbTable {

	static final String SCHEME = "dynamodb:";

	/** One for all clients, which need not be closed then: to end one takes seconds. */
	private static final SdkAsyncHttpClient HTTP = NettyNioAsyncHttpClient.create();

	private DynamoDbTable() {
	}

	/**
	 * Create a table without a time to live: virtual time is past, and DynamoDB Local
	 * would remove what is written in it.
	 * @param endpoint where DynamoDB Local listens
	 * @param name the table's name
	 * @return the table's URL
	 */
	static String create(URI endpoint, String name) {
		client(endpoint)
			.createTable((table) -> table.tableName(name)
				.billingMode(BillingMode.PAY_PER_REQUEST)
				.attributeDefinitions(attribute("pk"), attribute("sk"))
				.keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)))
			.join();
		return "%s//%s/%s".formatted(SCHEME, endpoint.getAuthority(), name);
	}

	private static AttributeDefinition attribute(String name) {
		return AttributeDefinition.builder().attributeName(name).attributeType(ScalarAttributeType.S).build();
	}

	private static KeySchemaElement key(String name, KeyType type) {
		return KeySchemaElement.builder().attributeName(name).keyType(type).build();
	}

	static OpenDatabase.Opened open(String url, StoreClock clock) {
		URI location = URI.create(url);
		DynamoDbAsyncClient client = prompt(client(URI.create("http://" + location.getAuthority())));
		DynamoDbCheckpointStore store = DynamoDbCheckpointStore.builder(client)
			.table(location.getPath().substring(1))
			.shards(1)
			.clock(clock)
			.build();
		return new OpenDatabase.Opened(store, store.queries(), () -> {
			// nothing to give back
		});
	}

	private static DynamoDbAsyncClient client(URI endpoint) {
		return DynamoDbAsyncClient.builder()
			.httpClient(HTTP)
			.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
			.build();
	}

	/**
	 * Answer before returning: time moves when no thread of the engine has work, and a
	 * request on its way is work that only the client would know of.
	 */
	private static DynamoDbAsyncClient prompt(DynamoDbAsyncClient client) {
		return (DynamoDbAsyncClient) Proxy.newProxyInstance(DynamoDbTable.class.getClassLoader(),
				new Class<?>[] { DynamoDbAsyncClient.class }, (proxy, method, arguments) -> {
					try {
						Object answer = method.invoke(client, arguments);
						if (answer instanceof CompletableFuture<?> future) {
							future.handle((response, failure) -> true).join();
						}
						return answer;
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

}
