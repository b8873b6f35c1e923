package dev.durable.store.dynamodb;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.durable.codec.Payload;
import dev.durable.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes that are too large for an item in items of their own. They are written
 * before the item that names their token, so whoever sees that one finds them all.
 *
 * @param table where
 */
record Chunks(Table table) {

	/** DynamoDB takes 400 KiB an item, with the key and names in it. */
	static final int SIZE = 380 * 1024;

	private static final String BYTES = "by";

	private static final String COUNT = "of";

	CompletableFuture<Void> write(String partition, String token, byte[] bytes, @Nullable Long timeToLive) {
		int count = (bytes.length + SIZE - 1) / SIZE;
		List<CompletableFuture<Void>> writes = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			byte[] part = Arrays.copyOfRange(bytes, i * SIZE, Math.min(bytes.length, (i + 1) * SIZE));
			writes.add(this.table.put(Item.at(Keys.chunk(partition, token, i))
				.with(BYTES, new Payload(part))
				.with(COUNT, (long) count)
				.with(Attributes.TIME_TO_LIVE, timeToLive)));
		}
		return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
	}

	byte[] read(String partition, String token) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		List<Item> chunks = this.table.query(Query.consistent(Keys.chunks(partition, token)));
		if (chunks.isEmpty() || chunks.get(0).number(COUNT, 0) != chunks.size()) {
			throw new StoreUnavailableException(
					"Of the chunks of '%s' only %d are left in the table".formatted(partition, chunks.size()), null);
		}
		for (Item chunk : chunks) {
			Payload part = chunk.payload(BYTES);
			if (part != null) {
				bytes.writeBytes(part.bytes());
			}
		}
		return bytes.toByteArray();
	}

	CompletableFuture<Void> delete(String partition, String token) {
		return this.table.queryLater(Query.consistent(Keys.chunks(partition, token)).keysOnly())
			.thenCompose((chunks) -> this.table.deleteAll(chunks.stream().map(Item::key).toList()));
	}

}
