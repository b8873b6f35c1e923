package dev.durable.store.dynamodb;

import java.time.Duration;
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
 * where it is listed, when it expires. An entry is there before the row says so and
 * leaves after, so that one always leads there; they are hints, and who follows one looks
 * at the execution. Each is written once, under a key of its own: no row names one again
 * that it has left or refused.
 * <p>
 * So an entry is deleted by who moved the row on from it, by its writer once the row has
 * refused it, and by nobody else, for what a row does not name it may be about to name,
 * even the row of an execution that is yet to start. Only one that is so old that its
 * writer must have died goes by the hand of whoever follows it; who was that slow and
 * lives writes it again.
 *
 * @param table where
 * @param keys under which keys
 * @param listing lists of executions
 * @param clock tells how old an entry is
 */
record Entries(Table table, Keys keys, Listing listing, InstantSource clock) {

	/**
	 * How long an entry that no row names is left alone: far longer than a write can be
	 * under way.
	 */
	static final Duration UNCONFIRMED = Duration.ofHours(1);

	/** Write what must be there before a row has a state. */
	CompletableFuture<Void> enter(StoredRow from, ExecutionState to, String token) {
		return CompletableFuture.allOf(lead(from.identity(), to, token), to.status().isTerminal()
				? this.listing.show(from.identity(), from.state(), to) : CompletableFuture.completedFuture(null));
	}

	/** Write the entries through which nodes find an execution. */
	CompletableFuture<Void> lead(ExecutionIdentity identity, ExecutionState to, String token) {
		List<CompletableFuture<Void>> writes = new ArrayList<>();
		if (to.node() != null) {
			writes.add(own(identity.id(), StoredRow.function(identity), to.node(), token));
		}
		if (to.wakeAt() != null) {
			writes.add(this.table.put(entry(this.keys.due(identity.id(), to.wakeAt(), token), identity)));
		}
		if (StoredRow.isBlocked(to)) {
			writes.add(this.table.put(entry(Keys.blocked(identity.id(), token), identity)));
		}
		return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
	}

	CompletableFuture<Void> own(ExecutionId id, Item function, NodeId node, String token) {
		return this.table.put(entry(this.keys.owned(node, id, token), id, function));
	}

	/** Take back what was entered for a state that did not come about. */
	CompletableFuture<Void> undo(ExecutionId id, ExecutionState to, String token) {
		List<Key> keys = new ArrayList<>();
		if (to.node() != null) {
			keys.add(this.keys.owned(to.node(), id, token));
		}
		if (to.wakeAt() != null) {
			keys.add(this.keys.due(id, to.wakeAt(), token));
		}
		if (StoredRow.isBlocked(to)) {
			keys.add(Keys.blocked(id, token));
		}
		return deleteEach(keys);
	}

	/**
	 * Write once more what leads to a row that names it by now, if that took so long that
	 * others may have thought that nobody would.
	 * @param begun when it was written first
	 */
	CompletableFuture<Void> affirm(Instant begun, ExecutionIdentity identity, ExecutionState to, String token) {
		boolean slow = begun.plus(UNCONFIRMED.dividedBy(2)).isBefore(this.clock.instant());
		return slow ? lead(identity, to, token) : CompletableFuture.completedFuture(null);
	}

	/** Delete the entries that a row had and its new state does not need. */
	CompletableFuture<Void> leave(StoredRow from, ExecutionState to) {
		List<CompletableFuture<Void>> others = new ArrayList<>();
		Instant wakeAt = from.state().wakeAt();
		if (wakeAt != null && from.dueToken() != null) {
			others.add(this.table.delete(this.keys.due(from.id(), wakeAt, from.dueToken())));
		}
		if (StoredRow.isBlocked(from.state()) && from.dueToken() != null) {
			others.add(this.table.delete(Keys.blocked(from.id(), from.dueToken())));
		}
		others.add(to.status().isTerminal() ? this.listing.hide(from.identity(), from.state(), to)
				: this.listing.show(from.identity(), from.state(), to));
		CompletableFuture<Void> left = CompletableFuture.allOf(others.toArray(CompletableFuture[]::new));
		NodeId owner = from.state().node();
		String token = from.ownedToken();
		// last, as it leads here when anything of this is left undone
		return (owner != null && token != null)
				? left.thenCompose((nothing) -> this.table.delete(this.keys.owned(owner, from.id(), token))) : left;
	}

	/** Lead every node here now, for the case that this one does not come to an end. */
	CompletableFuture<Key> announce(ExecutionIdentity identity) {
		Key key = this.keys.announced(identity.id(), Tokens.next());
		return this.table.put(entry(key, identity)).thenApply((nothing) -> key);
	}

	/**
	 * Remove an entry that somebody left behind.
	 * @param present the execution that it leads to, as it was after the entry was seen
	 */
	CompletableFuture<Void> removeIfLeftOver(Item entry, @Nullable Present present) {
		boolean ended = present != null && present.unapplied() == null && present.hasEnded();
		Instant at = entry.time(Attributes.AT);
		boolean old = at != null && at.plus(UNCONFIRMED).isBefore(this.clock.instant());
		boolean named = present != null && names(present.row(), entry.key());
		if (named || !(old || (ended && Keys.isAnnounced(entry.key())))) {
			return CompletableFuture.completedFuture(null);
		}
		// who left it may not have come to the list
		CompletableFuture<Void> hidden = (ended && present != null) ? this.listing.hideRunning(present.row().identity())
				: CompletableFuture.completedFuture(null);
		return hidden.thenCompose((nothing) -> this.table.delete(entry.key()));
	}

	private boolean names(StoredRow row, Key entry) {
		ExecutionState state = row.state();
		String due = row.dueToken();
		return (state.node() != null && row.ownedToken() != null
				&& entry.equals(this.keys.owned(state.node(), row.id(), row.ownedToken())))
				|| (due != null && state.wakeAt() != null && entry.equals(this.keys.due(row.id(), state.wakeAt(), due)))
				|| (due != null && StoredRow.isBlocked(state) && entry.equals(Keys.blocked(row.id(), due)));
	}

	private CompletableFuture<Void> deleteEach(List<Key> keys) {
		return CompletableFuture.allOf(keys.stream().map(this.table::delete).toArray(CompletableFuture[]::new));
	}

	private Item entry(Key key, ExecutionIdentity identity) {
		return entry(key, identity.id(), StoredRow.function(identity));
	}

	private Item entry(Key key, ExecutionId id, Item function) {
		return Item.at(key)
			.with(Attributes.EXECUTION, id.value())
			.with(Attributes.AT, this.clock.instant())
			.with(function);
	}

	static ExecutionId execution(Item entry) {
		return new ExecutionId(Objects.requireNonNull(entry.text(Attributes.EXECUTION)));
	}

	/** The token that a due entry was written with. */
	static String token(Item entry) {
		return entry.key().sort().substring(entry.key().sort().lastIndexOf('#') + 1);
	}

}
