package dev.durable.store.dynamodb;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import dev.durable.ExecutionId;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionState;
import dev.durable.store.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what leads to an execution: who works on it, when it is due, that it is blocked,
 * where it is listed, when it expires. Every entry is there before the row says so and
 * leaves after, so that one always leads there; they are hints, and who follows one looks
 * at the execution.
 *
 * @param table where
 * @param keys under which keys
 * @param listing lists of executions
 * @param clock tells how old an entry is
 */
record Entries(Table table, Keys keys, Listing listing, InstantSource clock) {

	/** Write the entries that a state needs and a former one lacks. */
	CompletableFuture<Void> enter(StoredRow from, ExecutionState to, String token) {
		return CompletableFuture.allOf(lead(from.identity(), to, token),
				this.listing.enter(from.identity(), from.state(), to));
	}

	/** Write the entries through which nodes find an execution. */
	CompletableFuture<Void> lead(ExecutionIdentity identity, ExecutionState to, String token) {
		List<CompletableFuture<Void>> writes = new ArrayList<>();
		if (to.node() != null) {
			writes.add(this.table.put(entry(this.keys.owned(to.node(), identity.id()), identity, token)));
		}
		if (to.wakeAt() != null) {
			writes.add(this.table.put(entry(this.keys.due(identity.id(), to.wakeAt()), identity, token)));
		}
		if (isBlocked(to)) {
			writes.add(this.table.put(entry(Keys.blocked(identity.id()), identity, token)));
		}
		return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
	}

	/** Take back what was entered for a state that did not come about. */
	CompletableFuture<Void> undo(ExecutionId id, ExecutionState to, String token) {
		List<CompletableFuture<Written>> deletes = new ArrayList<>();
		if (to.node() != null) {
			deletes.add(this.table.delete(this.keys.owned(to.node(), id), token));
		}
		if (to.wakeAt() != null) {
			deletes.add(this.table.delete(this.keys.due(id, to.wakeAt()), token));
		}
		return CompletableFuture.allOf(deletes.toArray(CompletableFuture[]::new));
	}

	/** Delete the entries that a former state had and the new one does not need. */
	CompletableFuture<Void> leave(StoredRow from, ExecutionState to) {
		List<CompletableFuture<?>> deletes = new ArrayList<>();
		if (from.state().wakeAt() != null) {
			deletes.add(delete(this.keys.due(from.id(), from.state().wakeAt()), from.dueToken()));
		}
		if (isBlocked(from.state()) && !isBlocked(to)) {
			deletes.add(this.table.delete(Keys.blocked(from.id())));
		}
		deletes.add(this.listing.leave(from.identity(), from.state(), to));
		CompletableFuture<Void> others = CompletableFuture.allOf(deletes.toArray(CompletableFuture[]::new));
		NodeId owner = from.state().node();
		// last, as it leads here when anything of this is left undone
		return (owner != null)
				? others.thenCompose((nothing) -> delete(this.keys.owned(owner, from.id()), from.ownedToken()))
					.thenApply((written) -> null)
				: others;
	}

	/** Lead every node here now, for the case that this one does not come to an end. */
	CompletableFuture<Item> announce(ExecutionIdentity identity) {
		Item entry = entry(this.keys.due(identity.id(), Instant.EPOCH), identity, Tokens.next());
		return this.table.put(entry).thenApply((nothing) -> entry);
	}

	CompletableFuture<Written> delete(Item entry) {
		return this.table.delete(entry.key(), entry.required(Attributes.TOKEN));
	}

	private CompletableFuture<Written> delete(Key key, @Nullable String token) {
		if (token != null) {
			return this.table.delete(key, token);
		}
		return this.table.getLater(key)
			.thenCompose((found) -> found.isPresent() ? delete(found.get())
					: CompletableFuture.completedFuture(new Written.Refused(Item.map())));
	}

	private Item entry(Key key, ExecutionIdentity identity, String token) {
		return Item.at(key)
			.with(Attributes.EXECUTION, identity.id().value())
			.with(Attributes.TOKEN, token)
			.with(Attributes.AT, this.clock.instant())
			.with(StoredRow.function(identity));
	}

	static ExecutionId execution(Item entry) {
		return new ExecutionId(Objects.requireNonNull(entry.text(Attributes.EXECUTION)));
	}

	private static boolean isBlocked(ExecutionState state) {
		return state.blockedReason() != null && !state.status().isTerminal();
	}

}
