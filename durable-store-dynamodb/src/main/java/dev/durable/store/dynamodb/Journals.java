package dev.durable.store.dynamodb;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.durable.ExecutionId;
import dev.durable.codec.Payload;
import dev.durable.store.CheckpointStore;
import dev.durable.store.Event;

/**
 * Reads executions.
 *
 * @param table where
 * @param chunks where large appends are
 * @param clock tells what has outlived its time and only waits for DynamoDB to remove it
 */
record Journals(Table table, Chunks chunks, InstantSource clock) {

	CompletableFuture<Optional<Present>> load(ExecutionId id) {
		CompletableFuture<Optional<Item>> head = this.table.getLater(Keys.head(id));
		CompletableFuture<List<Item>> tail = this.table
			.queryLater(Query.consistent(Keys.journal(id)).lastFirst().limit(1).only(Tail.ATTRIBUTES));
		return head.thenCombine(tail,
				(found, newest) -> found.filter(this::isAlive)
					.filter((item) -> !newest.isEmpty())
					.map((item) -> new Present(StoredRow.of(id, item), Tail.of(id, newest.get(0)))));
	}

	/** Whether the journal says that an execution has ended; no if there is none. */
	CompletableFuture<Boolean> hasEnded(ExecutionId id) {
		return load(id).thenApply((present) -> present.map(Present::hasEnded).orElse(false));
	}

	/** Read a journal and return its last position, zero if there is none. */
	long read(ExecutionId id, CheckpointStore.EventSink sink) {
		long[] last = { 0 };
		this.table.stream(Query.consistent(Keys.journal(id)), (item) -> {
			for (Event event : events(item)) {
				sink.accept(id, event);
				last[0] = event.position();
			}
		});
		return last[0];
	}

	Optional<Event> event(ExecutionId id, long position) {
		return upTo(id, position).stream().filter((event) -> event.position() == position).findFirst();
	}

	Optional<Event> last(ExecutionId id) {
		List<Event> newest = upTo(id, Long.MAX_VALUE);
		return newest.isEmpty() ? Optional.empty() : Optional.of(newest.get(newest.size() - 1));
	}

	List<Event> history(ExecutionId id, long after, int limit) {
		// the append that holds the first wanted event may begin before it
		List<Event> begin = upTo(id, after + 1);
		List<Event> found = new ArrayList<>();
		take(begin, after, limit, found);
		long next = begin.isEmpty() ? 1 : begin.get(begin.size() - 1).position() + 1;
		while (!begin.isEmpty() && found.size() < limit) {
			List<Item> more = this.table
				.query(Query.consistent(Keys.journal(id, next, Long.MAX_VALUE)).limit(limit - found.size()));
			if (more.isEmpty()) {
				break;
			}
			more.forEach((item) -> take(events(item), after, limit, found));
			next = more.get(more.size() - 1).number(Attributes.LAST, 0) + 1;
		}
		return found;
	}

	private static void take(List<Event> events, long after, int limit, List<Event> found) {
		events.stream().filter((event) -> event.position() > after).limit(limit - found.size()).forEach(found::add);
	}

	/** The events of the newest append that begins at or before a position. */
	private List<Event> upTo(ExecutionId id, long position) {
		List<Item> newest = this.table.query(Query.consistent(Keys.journal(id, 1, position)).lastFirst().limit(1));
		return newest.isEmpty() ? List.of() : events(newest.get(0));
	}

	private List<Event> events(Item append) {
		if (!isAlive(append)) {
			return List.of();
		}
		Payload inline = append.payload(Attributes.EVENTS);
		return EventBytes.read((inline != null) ? inline.bytes()
				: this.chunks.read(append.key().partition(), append.required(Attributes.CHUNKS)));
	}

	/** DynamoDB may take days to remove what it was told to. */
	boolean isAlive(Item item) {
		Long until = item.number(Attributes.TIME_TO_LIVE);
		return until == null || until > this.clock.instant().getEpochSecond();
	}

}
