package dev.durable.store.dynamodb;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** A client that can be halted before a request, on the thread that sends it. */
final class HaltingClient {

	static final long SECONDS = 30;

	private final DynamoDbAsyncClient delegate = LocalDynamoDb.directClient();

	private final CompletableFuture<Boolean> halted = new CompletableFuture<>();

	private final CompletableFuture<Void> released = new CompletableFuture<>();

	private volatile int left;

	DynamoDbAsyncClient client() {
		return (DynamoDbAsyncClient) Proxy.newProxyInstance(HaltingClient.class.getClassLoader(),
				new Class<?>[] { DynamoDbAsyncClient.class },
				(proxy, method, arguments) -> LocalDynamoDb.isRequest(method) ? send(method, arguments)
						: InvocationHandler.invokeDefault(proxy, method, arguments));
	}

	/**
	 * Halt once before a request.
	 * @param request its number, the next one is the first
	 * @return completes when it halts
	 */
	CompletableFuture<Boolean> haltBefore(int request) {
		this.left = request;
		return this.halted;
	}

	/** Go on, and do not halt any more. */
	void release() {
		this.released.complete(null);
	}

	private Object send(Method method, Object[] arguments) throws Throwable {
		if (--this.left == 0) {
			this.halted.complete(true);
			this.released.get(SECONDS, TimeUnit.SECONDS);
		}
		try {
			return method.invoke(this.delegate, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

}
