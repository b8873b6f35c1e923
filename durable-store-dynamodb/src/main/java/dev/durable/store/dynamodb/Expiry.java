package dev.durable.store.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.durable.ExecutionId;
import dev.durable.store.ParentLink;
import dev.durable.store.SignalKind;
import org.jspecify.annotations.Nullable;

/**
 * Finds and removes what has expired.
 *
 * @param table where
 * @param keys under which keys
 * @param moves ends rows
 * @param callbacks what belongs to callbacks
 * @param held what is forgotten
 */
record Expiry(Table table, Keys keys, RowMoves moves, CallbackItems callbacks, HeldExecutions held) {

	/** An entry may lead to what is gone or must stay. */
	private static final int SPARE = 20;

	private static final int AT_ONCE = 25;

	List<ExecutionId> expired(Instant now, int limit) {
		List<Item> entries = new ArrayList<>();
		this.table
			.queryAll(
					this.keys.expired(now).stream().map((shard) -> Query.eventual(shard).limit(limit + SPARE)).toList())
			.forEach(entries::addAll);
		entries.sort(Comparator.comparing((entry) -> entry.key().sort()));
		List<ExecutionId> expired = new ArrayList<>();
		for (Item entry : entries) {
			if (expired.size() == limit) {
				break;
			}
			ExecutionId id = Entries.execution(entry);
			Present present = Table.await(this.moves.journals().load(id)).orElse(null);
			if (present == null || !isThisEnd(entry, present)) {
				Table.await(this.moves.entries().listing().forget(entry));
			}
			else if (!isUnheard(present.row().identity().parent())) {
				expired.add(id);
			}
		}
		return expired;
	}

	/** Its id may have been used again since. */
	private static boolean isThisEnd(Item entry, Present present) {
		return present.hasEnded() && present.row().identity().startedAt().equals(entry.time(Attributes.STARTED_AT));
	}

	private boolean isUnheard(@Nullable ParentLink parent) {
		return parent != null && this.moves.signals()
			.of(List.of(parent.execution()))
			.stream()
			.anyMatch((signal) -> signal.kind() == SignalKind.CHILD && signal.operation().equals(parent.operation()));
	}

	/**
	 * Remove an execution if it has ended. Its head goes last, and says that it has ended
	 * before anything goes: until then nobody can start it anew, and from then on a
	 * slower node finds nothing left that it has seen. The append that ended it goes just
	 * before, so that nobody sees an earlier one as the last, to follow it.
	 */
	void delete(ExecutionId id) {
		Present present = Table.await(this.moves.journals().load(id)).orElse(null);
		if (present == null || !present.hasEnded()) {
			return;
		}
		if (!Table.await(this.moves.settle(present))) {
			return; // another node is about it
		}
		List<Item> items = this.table.query(Query.consistent(Keys.all(Keys.execution(id)))
			.only(Key.PARTITION, Key.SORT, Attributes.TOKEN, Attributes.CALLBACKS));
		List<Key> unique = unique(id, items);
		Item head = this.table.get(Keys.head(id)).orElse(null);
		if (head == null || !head.has(Attributes.STATUS)
				|| !head.required(Attributes.TOKEN).equals(present.row().token())) {
			return; // what was read may be of a new execution
		}
		Table.await(this.table.deleteAll(unique));
		Key end = Keys.append(id, present.tail().first());
		items.removeIf((item) -> !item.has(Attributes.TOKEN) || item.key().equals(Keys.head(id)));
		deleteAsSeen(items.stream().filter((item) -> !item.key().equals(end)).toList());
		deleteAsSeen(items.stream().filter((item) -> item.key().equals(end)).toList());
		StoredRow ended = StoredRow.of(id, head);
		Table.await(this.moves.entries().listing().remove(ended.identity(), ended.state()));
		Table.await(this.table.deleteIf(Keys.head(id), Condition.equal(Attributes.TOKEN, ended.token())));
		Instant expiresAt = ended.state().expiresAt();
		if (expiresAt != null) {
			Table.await(this.table.delete(this.keys.expiring(expiresAt, id)));
		}
		this.held.forget(id);
	}

	/** What nobody will ever write again under the same key. */
	private List<Key> unique(ExecutionId id, List<Item> items) {
		List<String> lookups = new ArrayList<>();
		items.forEach((item) -> lookups.addAll(item.texts(Attributes.CALLBACKS)));
		List<Key> keys = new ArrayList<>(this.callbacks.keys(lookups));
		items.stream().filter((item) -> !item.has(Attributes.TOKEN)).forEach((item) -> keys.add(item.key()));
		this.table.query(Query.consistent(this.keys.signals(id)).keysOnly()).forEach((item) -> keys.add(item.key()));
		return keys;
	}

	/** A new execution of this id may have taken the positions since. */
	private void deleteAsSeen(List<Item> items) {
		for (List<Item> some : Batches.parts(items, AT_ONCE)) {
			Table.await(CompletableFuture.allOf(some.stream()
				.map((item) -> this.table.deleteIf(item.key(),
						Condition.equal(Attributes.TOKEN, item.required(Attributes.TOKEN))))
				.toArray(CompletableFuture[]::new)));
		}
	}

}
