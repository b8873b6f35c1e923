package dev.durable.store.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import dev.durable.store.StoreUnavailableException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Reads and deletes many items. DynamoDB may do a part of a batch only; the rest is sent
 * again, later each time.
 *
 * @param client where to
 * @param table the table
 */
record Batches(DynamoDbAsyncClient client, String table) {

	/** DynamoDB's limits of one request. */
	private static final int MAX_GETS = 100;

	private static final int MAX_WRITES = 25;

	/** With the pauses between them about 13 seconds. */
	private static final int ATTEMPTS = 8;

	private static final long FIRST_PAUSE = 50;

	CompletableFuture<List<Item>> get(List<Key> keys) {
		List<Item> found = new ArrayList<>();
		CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
		for (List<Key> part : parts(keys, MAX_GETS)) {
			KeysAndAttributes wanted = KeysAndAttributes.builder()
				.keys(part.stream().map(Key::values).toList())
				.build();
			all = all.thenCompose((nothing) -> get(wanted, found, 1));
		}
		return all.thenApply((nothing) -> found);
	}

	private CompletableFuture<Void> get(KeysAndAttributes wanted, List<Item> found, int attempt) {
		BatchGetItemRequest request = BatchGetItemRequest.builder().requestItems(Map.of(this.table, wanted)).build();
		return this.client.batchGetItem(request).thenCompose((response) -> {
			response.responses().getOrDefault(this.table, List.of()).forEach((values) -> found.add(new Item(values)));
			KeysAndAttributes left = response.unprocessedKeys().get(this.table);
			return (left == null || left.keys().isEmpty()) ? CompletableFuture.completedFuture(null)
					: later(attempt).thenCompose((nothing) -> get(left, found, attempt + 1));
		});
	}

	CompletableFuture<Void> delete(List<Key> keys) {
		CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
		for (List<Key> part : parts(keys, MAX_WRITES)) {
			List<WriteRequest> deletes = part.stream()
				.map((key) -> WriteRequest.builder()
					.deleteRequest(DeleteRequest.builder().key(key.values()).build())
					.build())
				.toList();
			all = all.thenCompose((nothing) -> write(deletes, 1));
		}
		return all;
	}

	private CompletableFuture<Void> write(List<WriteRequest> writes, int attempt) {
		BatchWriteItemRequest request = BatchWriteItemRequest.builder()
			.requestItems(Map.of(this.table, writes))
			.build();
		return this.client.batchWriteItem(request).thenCompose((response) -> {
			List<WriteRequest> left = response.unprocessedItems().getOrDefault(this.table, List.of());
			return left.isEmpty() ? CompletableFuture.completedFuture(null)
					: later(attempt).thenCompose((nothing) -> write(left, attempt + 1));
		});
	}

	private CompletableFuture<Void> later(int attempt) {
		if (attempt == ATTEMPTS) {
			return CompletableFuture.failedFuture(new StoreUnavailableException(
					"DynamoDB table '%s' left a part of a batch undone %d times; it has too little capacity"
						.formatted(this.table, ATTEMPTS),
					null));
		}
		Executor pause = CompletableFuture.delayedExecutor(FIRST_PAUSE << attempt, TimeUnit.MILLISECONDS);
		return CompletableFuture.runAsync(() -> {
		}, pause);
	}

	static <T> List<List<T>> parts(List<T> all, int size) {
		List<List<T>> parts = new ArrayList<>();
		for (int from = 0; from < all.size(); from += size) {
			parts.add(all.subList(from, Math.min(all.size(), from + size)));
		}
		return parts;
	}

}
