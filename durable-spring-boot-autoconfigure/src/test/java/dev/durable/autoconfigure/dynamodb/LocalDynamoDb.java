package dev.durable.autoconfigure.dynamodb;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbAsyncWaiter;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

/**
 * A client of a DynamoDB Local in this process, which starts when it is first asked.
 */
final class LocalDynamoDb implements InvocationHandler {

	private static final ExecutorService pool = Executors.newFixedThreadPool(4, (task) -> {
		Thread thread = new Thread(task, "dynamodb-client");
		thread.setDaemon(true);
		return thread;
	});

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger closings = new AtomicInteger();

	DynamoDbAsyncClient client() {
		return (DynamoDbAsyncClient) Proxy.newProxyInstance(LocalDynamoDb.class.getClassLoader(),
				new Class<?>[] { DynamoDbAsyncClient.class }, this);
	}

	int requests() {
		return this.requests.get();
	}

	int closings() {
		return this.closings.get();
	}

	@Override
	public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
		if (method.getParameterCount() == 1 && DynamoDbRequest.class.isAssignableFrom(method.getParameterTypes()[0])) {
			this.requests.incrementAndGet();
			Method request = DynamoDbClient.class.getMethod(method.getName(), method.getParameterTypes());
			return CompletableFuture.supplyAsync(() -> send(request, arguments), pool);
		}
		return switch (method.getName()) {
			case "waiter" -> DynamoDbAsyncWaiter.builder().client((DynamoDbAsyncClient) proxy).build();
			case "close" -> this.closings.incrementAndGet();
			case "toString" -> "DynamoDB Local";
			case "hashCode" -> System.identityHashCode(proxy);
			case "equals" -> proxy == arguments[0];
			default -> InvocationHandler.invokeDefault(proxy, method, arguments);
		};
	}

	private static Object send(Method request, Object[] arguments) {
		try {
			return request.invoke(Server.client, arguments);
		}
		catch (InvocationTargetException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String freshTable() {
		return "durable-" + UUID.randomUUID();
	}

	private static final class Server {

		static final DynamoDbClient client = DynamoDBEmbedded.create(false).dynamoDbClient();

	}

}
