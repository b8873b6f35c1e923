package dev.durable.store.dynamodb;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

/**
 * DynamoDB Local in this process, started when first needed, without telemetry; nobody
 * else can reach it.
 * <p>
 * Its own asynchronous client starts a thread for each request, so these tests call the
 * synchronous one, on their own thread or on a small pool.
 */
final class LocalDynamoDb {

	private static final DynamoDbClient local = DynamoDBEmbedded.create(true).dynamoDbClient();

	private static final ExecutorService pool = Executors.newFixedThreadPool(8, (task) -> {
		Thread thread = new Thread(task, "dynamodb-client");
		thread.setDaemon(true);
		return thread;
	});

	private LocalDynamoDb() {
	}

	/** A client that answers on threads of its own, as a real one does. */
	static DynamoDbAsyncClient client() {
		return client(pool);
	}

	/** A client that answers before it returns, for tests of many thousand requests. */
	static DynamoDbAsyncClient directClient() {
		return client(Runnable::run);
	}

	private static DynamoDbAsyncClient client(Executor executor) {
		return (DynamoDbAsyncClient) Proxy.newProxyInstance(LocalDynamoDb.class.getClassLoader(),
				new Class<?>[] { DynamoDbAsyncClient.class }, (proxy, method, arguments) -> {
					if (!isRequest(method)) {
						return InvocationHandler.invokeDefault(proxy, method, arguments);
					}
					Method request = DynamoDbClient.class.getMethod(method.getName(), method.getParameterTypes());
					return CompletableFuture.supplyAsync(() -> send(request, arguments), executor);
				});
	}

	static boolean isRequest(Method method) {
		return method.getParameterCount() == 1 && DynamoDbRequest.class.isAssignableFrom(method.getParameterTypes()[0]);
	}

	private static Object send(Method request, Object[] arguments) {
		try {
			return request.invoke(local, arguments);
		}
		catch (InvocationTargetException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String freshName() {
		return "durable-" + UUID.randomUUID();
	}

	/**
	 * Create a table without a time to live: tests on virtual time live in the past, and
	 * DynamoDB Local would remove what they write.
	 */
	static String freshTable() {
		String name = freshName();
		local.createTable((table) -> table.tableName(name)
			.billingMode(BillingMode.PAY_PER_REQUEST)
			.attributeDefinitions(attribute("pk"), attribute("sk"))
			.keySchema(element("pk", KeyType.HASH), element("sk", KeyType.RANGE)));
		return name;
	}

	private static AttributeDefinition attribute(String name) {
		return AttributeDefinition.builder().attributeName(name).attributeType(ScalarAttributeType.S).build();
	}

	private static KeySchemaElement element(String name, KeyType type) {
		return KeySchemaElement.builder().attributeName(name).keyType(type).build();
	}

}
