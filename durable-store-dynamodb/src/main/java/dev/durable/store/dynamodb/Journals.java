package dev.durable.store.dynamodb;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

	/**
	 * Read an execution: first its head, then its newest append. The other way round the
	 * end of a removed execution could come with the head of a new one of the same id,
	 * which then looks as if it had ended. A removed one's head with a new one's append
	 * is what this may return instead; no condition on that head holds any more.
	 */
	CompletableFuture<Optional<Present>> load(ExecutionId id) {
		return this.table.getLater(Keys.head(id)).thenCompose((found) -> {
			Item head = found.filter(this::isAlive).orElse(null);
			return (head != null) ? load(id, head) : CompletableFuture.completedFuture(Optional.empty());
		});
	}

	private CompletableFuture<Optional<Present>> load(ExecutionId id, Item head) {
		return this.table.queryLater(alive(Keys.journal(id)).lastFirst().limit(1).only(Tail.ATTRIBUTES))
			.thenCompose((newest) -> {
				if (newest.isEmpty()) {
					return CompletableFuture.completedFuture(Optional.empty());
				}
				if (isRemovedSince(head, newest.get(0))) {
					return load(id);
				}
				return CompletableFuture
					.completedFuture(Optional.of(new Present(StoredRow.of(id, head), Tail.of(id, newest.get(0)))));
			});
	}

	/** Only the head was left, and says by now that it had ended, or is another one. */
	private static boolean isRemovedSince(Item head, Item newest) {
		return newest.key().equals(head.key())
				&& !(newest.required(Attributes.TOKEN).equals(head.required(Attributes.TOKEN))
						&& Objects.equals(newest.text(Attributes.STATUS), head.text(Attributes.STATUS)));
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
		List<Item> newest = this.table.query(alive(Keys.journal(id, 1, position)).lastFirst().limit(1));
		return newest.isEmpty() ? List.of() : events(newest.get(0));
	}

	/** What an earlier execution of the same id left to DynamoDB does not count. */
	private Query alive(Keys.Range range) {
		return Query.consistent(range).aliveAt(this.clock.instant().getEpochSecond());
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
