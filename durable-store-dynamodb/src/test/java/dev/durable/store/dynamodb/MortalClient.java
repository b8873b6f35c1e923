package dev.durable.store.dynamodb;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** A client whose process dies after some writes: the answer to the last one is lost. */
final class MortalClient {

	private static final Set<String> WRITES = Set.of("putItem", "updateItem", "deleteItem", "batchWriteItem",
			"transactWriteItems");

	private final DynamoDbAsyncClient delegate;

	private final int survives;

	private final AtomicInteger writes = new AtomicInteger();

	private volatile boolean dead;

	private volatile Runnable whenDead = () -> {
	};

	MortalClient(DynamoDbAsyncClient delegate, int survives) {
		this.delegate = delegate;
		this.survives = survives;
	}

	DynamoDbAsyncClient client() {
		return (DynamoDbAsyncClient) Proxy.newProxyInstance(MortalClient.class.getClassLoader(),
				new Class<?>[] { DynamoDbAsyncClient.class },
				(proxy, method, arguments) -> LocalDynamoDb.isRequest(method) ? send(method, arguments)
						: InvocationHandler.invokeDefault(proxy, method, arguments));
	}

	int writes() {
		return this.writes.get();
	}

	void whenDead(Runnable listener) {
		this.whenDead = listener;
	}

	private Object send(Method method, Object[] arguments) throws Throwable {
		if (this.dead) {
			return lost();
		}
		int number = WRITES.contains(method.getName()) ? this.writes.incrementAndGet() : 0;
		if (number > this.survives) {
			this.dead = true;
			this.whenDead.run();
			return lost();
		}
		try {
			return method.invoke(this.delegate, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private static CompletableFuture<Object> lost() {
		return CompletableFuture.failedFuture(SdkClientException.create("The process is dead"));
	}

}
