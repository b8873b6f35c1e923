package dev.durable.store.dynamodb;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * A client that asks for the capacity that each request consumes, and adds it up.
 * <p>
 * DynamoDB Local charges nothing for reading nothing, and for transactional writes what
 * others cost. The service charges its smallest unit, and twice as much; so does this.
 */
final class MeteredClient {

	private final DynamoDbAsyncClient delegate;

	private final List<Charge> charges = new CopyOnWriteArrayList<>();

	MeteredClient(DynamoDbAsyncClient delegate) {
		this.delegate = delegate;
	}

	DynamoDbAsyncClient client() {
		return (DynamoDbAsyncClient) Proxy.newProxyInstance(MeteredClient.class.getClassLoader(),
				new Class<?>[] { DynamoDbAsyncClient.class },
				(proxy, method, arguments) -> LocalDynamoDb.isRequest(method)
						? send(method, (DynamoDbRequest) arguments[0])
						: InvocationHandler.invokeDefault(proxy, method, arguments));
	}

	/** Forget what was charged so far. */
	void reset() {
		this.charges.clear();
	}

	double writes() {
		return units(true);
	}

	double reads() {
		return units(false);
	}

	/** What was charged, request by request. */
	List<Charge> charges() {
		return new ArrayList<>(this.charges);
	}

	private double units(boolean write) {
		return this.charges.stream().filter((charge) -> charge.write() == write).mapToDouble(Charge::units).sum();
	}

	private Object send(Method method, DynamoDbRequest request) throws Throwable {
		DynamoDbRequest.Builder metered = request.toBuilder();
		field(request, "ReturnConsumedCapacity")
			.ifPresent((field) -> field.set(metered, ReturnConsumedCapacity.INDEXES.toString()));
		try {
			return ((CompletableFuture<?>) method.invoke(this.delegate, metered.build())).thenApply((response) -> {
				charge(method.getName(), request, (SdkPojo) response);
				return response;
			});
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private void charge(String name, SdkPojo request, SdkPojo response) {
		field(response, "ConsumedCapacity").ifPresent((field) -> {
			Object consumed = field.getValueOrDefault(response);
			List<?> all = (consumed instanceof List<?> list) ? list : List.of(consumed);
			boolean write = !name.equals("getItem") && !name.equals("batchGetItem") && !name.equals("query");
			boolean consistent = field(request, "ConsistentRead").map((asked) -> asked.getValueOrDefault(request))
				.filter(Boolean.TRUE::equals)
				.isPresent();
			double least = (write || consistent) ? 1 : 0.5;
			int times = name.equals("transactWriteItems") ? 2 : 1;
			all.forEach((each) -> this.charges
				.add(new Charge(name, write, times * Math.max(least, ((ConsumedCapacity) each).capacityUnits()))));
		});
	}

	private static Optional<SdkField<?>> field(SdkPojo pojo, String name) {
		return pojo.sdkFields().stream().filter((field) -> field.locationName().equals(name)).findFirst();
	}

	/**
	 * What one request cost.
	 *
	 * @param request its name
	 * @param write whether it is paid in write units
	 * @param units how many
	 */
	record Charge(String request, boolean write, double units) {

	}

}
