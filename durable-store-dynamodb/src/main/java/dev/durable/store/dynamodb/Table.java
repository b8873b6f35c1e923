package dev.durable.store.dynamodb;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.durable.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The requests to the table. What fails and is not a refused condition becomes a
 * {@link StoreUnavailableException}, after the client has tried again by its own retry
 * settings. Thread-safe.
 */
final class Table {

	private final DynamoDbAsyncClient client;

	private final TableSetup setup;

	private final String name;

	private final Batches batches;

	Table(DynamoDbAsyncClient client, TableSetup setup) {
		this.client = client;
		this.setup = setup;
		this.name = setup.settings().table();
		this.batches = new Batches(client, this.name);
	}

	Optional<Item> get(Key key) {
		return await(getLater(key));
	}

	/** Read one item as it is now. */
	CompletableFuture<Optional<Item>> getLater(Key key) {
		GetItemRequest request = GetItemRequest.builder()
			.tableName(this.name)
			.key(key.values())
			.consistentRead(true)
			.build();
		return send("read an item", () -> this.client.getItem(request))
			.thenApply((response) -> response.hasItem() ? Optional.of(new Item(response.item())) : Optional.empty());
	}

	/** Read items as they were a moment ago, in no order; missing ones are left out. */
	List<Item> getAll(Collection<Key> keys) {
		return await(send("read items", () -> this.batches.get(List.copyOf(keys))));
	}

	CompletableFuture<Void> put(Item item) {
		PutItemRequest request = PutItemRequest.builder().tableName(this.name).item(item.values()).build();
		return send("write an item", () -> this.client.putItem(request)).thenApply((response) -> null);
	}

	/** Write an item, and return what time it is there, if the answer tells. */
	CompletableFuture<Optional<Instant>> putTimed(Item item) {
		PutItemRequest request = PutItemRequest.builder().tableName(this.name).item(item.values()).build();
		return send("write an item", () -> this.client.putItem(request))
			.thenApply((response) -> Optional.ofNullable(response.sdkHttpResponse())
				.flatMap((answer) -> answer.firstMatchingHeader("Date"))
				.map(Table::time));
	}

	private static @Nullable Instant time(String date) {
		try {
			return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	CompletableFuture<Written> putIf(Item item, Condition condition) {
		PutItemRequest request = PutItemRequest.builder()
			.tableName(this.name)
			.item(item.values())
			.conditionExpression(condition.text())
			.expressionAttributeNames(condition.names())
			.expressionAttributeValues(orNull(condition.values()))
			.returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
			.build();
		return written("write an item",
				() -> this.client.putItem(request).thenApply((response) -> new Written.Done(Item.map())));
	}

	CompletableFuture<Written> update(Change change) {
		UpdateItemRequest request = UpdateItemRequest.builder()
			.tableName(this.name)
			.key(change.key().values())
			.updateExpression(change.expression())
			.conditionExpression(change.condition().text())
			.expressionAttributeNames(change.names())
			.expressionAttributeValues(orNull(change.values()))
			.returnValues(ReturnValue.ALL_OLD)
			.returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
			.build();
		return written("change an item", () -> this.client.updateItem(request)
			.thenApply((response) -> new Written.Done(new Item(response.attributes()))));
	}

	/** Delete an item; it is all the same if there is none. */
	CompletableFuture<Void> delete(Key key) {
		DeleteItemRequest request = DeleteItemRequest.builder().tableName(this.name).key(key.values()).build();
		return send("delete an item", () -> this.client.deleteItem(request)).thenApply((response) -> null);
	}

	CompletableFuture<Written> deleteIf(Key key, Condition condition) {
		DeleteItemRequest request = DeleteItemRequest.builder()
			.tableName(this.name)
			.key(key.values())
			.conditionExpression(condition.text())
			.expressionAttributeNames(condition.names())
			.expressionAttributeValues(orNull(condition.values()))
			.build();
		return written("delete an item",
				() -> this.client.deleteItem(request).thenApply((response) -> new Written.Done(Item.map())));
	}

	CompletableFuture<Void> deleteAll(Collection<Key> keys) {
		return send("delete items", () -> this.batches.delete(List.copyOf(keys)));
	}

	/** Change one item and write another, both or none. */
	CompletableFuture<Written> updateAndPut(Change change, Item item) {
		Update update = Update.builder()
			.tableName(this.name)
			.key(change.key().values())
			.updateExpression(change.expression())
			.conditionExpression(change.condition().text())
			.expressionAttributeNames(change.names())
			.expressionAttributeValues(orNull(change.values()))
			.build();
		Put put = Put.builder().tableName(this.name).item(item.values()).build();
		TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
			.transactItems(TransactWriteItem.builder().update(update).build(),
					TransactWriteItem.builder().put(put).build())
			.build();
		return written("change an item and write another",
				() -> this.client.transactWriteItems(request).thenApply((response) -> new Written.Done(Item.map())));
	}

	/**
	 * Write one item if another is as expected, and the place is free. A refusal tells
	 * what is in the place: it may be this very item, from an attempt whose answer was
	 * lost.
	 */
	CompletableFuture<Written> checkAndPut(Key checked, Condition expected, Item item, Condition free) {
		ConditionCheck check = ConditionCheck.builder()
			.tableName(this.name)
			.key(checked.values())
			.conditionExpression(expected.text())
			.expressionAttributeNames(expected.names())
			.expressionAttributeValues(orNull(expected.values()))
			.build();
		Put put = Put.builder()
			.tableName(this.name)
			.item(item.values())
			.conditionExpression(free.text())
			.expressionAttributeNames(free.names())
			.expressionAttributeValues(orNull(free.values()))
			.returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
			.build();
		TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
			.transactItems(TransactWriteItem.builder().conditionCheck(check).build(),
					TransactWriteItem.builder().put(put).build())
			.build();
		return written("write an item",
				() -> this.client.transactWriteItems(request).thenApply((response) -> new Written.Done(Item.map())));
	}

	List<Item> query(Query query) {
		return await(queryLater(query));
	}

	CompletableFuture<List<Item>> queryLater(Query query) {
		return collect(query, Map.of(), new ArrayList<>());
	}

	/** Several queries at the same time; the results come in their order. */
	List<List<Item>> queryAll(Collection<Query> queries) {
		List<CompletableFuture<List<Item>>> running = queries.stream().map(this::queryLater).toList();
		return running.stream().map(Table::await).toList();
	}

	/** Read page by page, so that only one is in memory. */
	void stream(Query query, Consumer<Item> sink) {
		Map<String, AttributeValue> start = Map.of();
		do {
			QueryResponse page = await(page(query, start, query.limit()));
			page.items().forEach((values) -> sink.accept(new Item(values)));
			start = page.lastEvaluatedKey();
		}
		while (!start.isEmpty());
	}

	private CompletableFuture<List<Item>> collect(Query query, Map<String, AttributeValue> start, List<Item> found) {
		return page(query, start, query.limit() - found.size()).thenCompose((page) -> {
			page.items().forEach((values) -> found.add(new Item(values)));
			return (page.lastEvaluatedKey().isEmpty() || found.size() >= query.limit())
					? CompletableFuture.completedFuture(found) : collect(query, page.lastEvaluatedKey(), found);
		});
	}

	private CompletableFuture<QueryResponse> page(Query query, Map<String, AttributeValue> start, int limit) {
		Map<String, String> names = new HashMap<>(Map.of("#pk", Key.PARTITION, "#sk", Key.SORT));
		query.only().forEach((attribute) -> names.put("#" + attribute, attribute));
		Map<String, AttributeValue> values = new HashMap<>(
				Map.of(":pk", AttributeValue.fromS(query.range().partition()), ":from",
						AttributeValue.fromS(query.range().from()), ":to", AttributeValue.fromS(query.range().to())));
		Long aliveAt = query.aliveAt();
		if (aliveAt != null) {
			names.put("#ttl", Attributes.TIME_TO_LIVE);
			values.put(":alive", AttributeValue.fromN(aliveAt.toString()));
		}
		QueryRequest request = QueryRequest.builder()
			.tableName(this.name)
			.keyConditionExpression("#pk = :pk and #sk between :from and :to")
			.expressionAttributeNames(names)
			.expressionAttributeValues(values)
			.filterExpression((aliveAt != null) ? "attribute_not_exists(#ttl) or #ttl > :alive" : null)
			.projectionExpression(query.only().isEmpty() ? null : "#" + String.join(", #", query.only()))
			.consistentRead(query.consistent())
			.scanIndexForward(!query.descending())
			.limit((limit == Integer.MAX_VALUE) ? null : limit)
			.exclusiveStartKey(start.isEmpty() ? null : start)
			.build();
		return send("read items", () -> this.client.query(request));
	}

	private CompletableFuture<Written> written(String what, Supplier<CompletableFuture<Written>> request) {
		return send(what, () -> request.get().exceptionally(Table::refused));
	}

	private static Written refused(Throwable failure) {
		Throwable cause = cause(failure);
		if (cause instanceof ConditionalCheckFailedException refused) {
			return new Written.Refused(new Item(refused.hasItem() ? refused.item() : Map.of()));
		}
		if (cause instanceof TransactionCanceledException canceled) {
			List<CancellationReason> refusals = canceled.cancellationReasons()
				.stream()
				.filter((reason) -> "ConditionalCheckFailed".equals(reason.code()))
				.toList();
			if (!refusals.isEmpty()) {
				return new Written.Refused(refusals.stream()
					.filter(CancellationReason::hasItem)
					.findFirst()
					.map((reason) -> new Item(reason.item()))
					.orElseGet(Item::map));
			}
		}
		throw new CompletionException(cause);
	}

	private <T> CompletableFuture<T> send(String what, Supplier<CompletableFuture<T>> request) {
		try {
			this.setup.prepare();
			return request.get().handle((result, failure) -> {
				if (failure == null) {
					return result;
				}
				throw unavailable(what, cause(failure));
			});
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(unavailable(what, ex));
		}
	}

	private StoreUnavailableException unavailable(String what, Throwable cause) {
		return (cause instanceof StoreUnavailableException known) ? known : new StoreUnavailableException(
				"Could not %s of DynamoDB table '%s': %s".formatted(what, this.name, cause), cause);
	}

	/**
	 * Wait, whatever interrupts this thread, for what the client ends by its timeouts.
	 */
	static <T> T await(CompletableFuture<T> future) {
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	private static Throwable cause(Throwable failure) {
		Throwable cause = failure;
		while (cause instanceof CompletionException && cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

	/** DynamoDB refuses an empty map of values. */
	private static @Nullable Map<String, AttributeValue> orNull(Map<String, AttributeValue> values) {
		return values.isEmpty() ? null : values;
	}

}
