package dev.durable.store.dynamodb;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import dev.durable.ExecutionId;
import dev.durable.store.ExecutionState;

/**
 * Gives rows new states: entries first, then the head, then the entries that are no
 * longer needed. Interrupted anywhere, an entry still leads to the execution, and whoever
 * follows it finishes by the journal.
 *
 * @param table where
 * @param journals reads executions
 * @param entries leads to executions
 * @param signals sends signals
 */
record RowMoves(Table table, Journals journals, Entries entries, SignalItems signals) {

	/** Others may change the row a few times in between, but not for ever. */
	private static final int ATTEMPTS = 10;

	/**
	 * Move a row from the state that it was seen in.
	 * @param from the row as it was seen
	 * @param to its new state
	 * @param position first position of the append that says so
	 * @return whether the row still was as it was seen; else nothing has changed
	 */
	CompletableFuture<Boolean> move(StoredRow from, ExecutionState to, long position) {
		String token = Tokens.next();
		Instant begun = this.entries.clock().instant();
		return this.entries.enter(from, to, token)
			.thenCompose((nothing) -> this.table.update(change(from, to, position, token)))
			.thenCompose((written) -> (written.isDone() || isThisWrite(written, token))
					? this.entries.affirm(begun, from.identity(), to, token)
						.thenCompose((nothing) -> this.entries.leave(from, to))
						.thenApply((nothing) -> true)
					: this.entries.undo(from.id(), to, token).thenApply((nothing) -> false));
	}

	/** The client sent it twice, as it got no answer the first time. */
	static boolean isThisWrite(Written written, String token) {
		return written instanceof Written.Refused refused && StoredRow.names(refused.present(), token);
	}

	/**
	 * End an execution whose owner this store acts for. The journal says that it ended,
	 * so its head, which says otherwise, is left as it is.
	 */
	CompletableFuture<Void> end(StoredRow owned, ExecutionState to) {
		return this.entries.enter(owned, to, Tokens.next()).thenCompose((nothing) -> this.entries.leave(owned, to));
	}

	/**
	 * Give a row the state that an append says, whatever it is now, unless it has moved
	 * on since.
	 */
	CompletableFuture<Void> apply(ExecutionId id, ExecutionState to, long position) {
		return apply(id, to, position, ATTEMPTS);
	}

	private CompletableFuture<Void> apply(ExecutionId id, ExecutionState to, long position, int attempts) {
		return this.journals.load(id).thenCompose((found) -> {
			Present present = found.orElse(null);
			if (present == null || attempts == 0) {
				return CompletableFuture.completedFuture(null);
			}
			if (present.row().position() >= position) {
				// by another writer, who may not come to the list
				return (to.status().isTerminal() && present.hasEnded())
						? this.entries.listing().hideRunning(present.row().identity())
						: CompletableFuture.completedFuture(null);
			}
			return move(present.row(), to, position).thenCompose(
					(moved) -> moved ? CompletableFuture.completedFuture(null) : apply(id, to, position, attempts - 1));
		});
	}

	/**
	 * Finish what the writer of the newest append did not: send its signals and give the
	 * row its state.
	 * @return whether there was anything
	 */
	CompletableFuture<Boolean> repair(Present present) {
		ExecutionState state = present.unapplied();
		if (state == null) {
			return CompletableFuture.completedFuture(false);
		}
		return this.signals.send(present.tail().signals())
			.thenCompose((nothing) -> apply(present.row().id(), state, present.tail().first()))
			.thenApply((nothing) -> true);
	}

	/** Let a head say what its journal says, before the journal is removed. */
	CompletableFuture<Boolean> settle(Present present) {
		ExecutionState state = present.unapplied();
		return (state != null) ? this.table.update(change(present.row(), state, present.tail().first(), Tokens.next()))
			.thenApply(Written::isDone) : CompletableFuture.completedFuture(true);
	}

	private static Change change(StoredRow from, ExecutionState to, long position, String token) {
		Item values = StoredRow.state(to)
			.with(Attributes.ROW_POSITION, (Long) position)
			.with(StoredRow.tokens(to, token));
		return Change.replacing(Keys.head(from.id()), StoredRow.CHANGING, values, from.unchanged());
	}

}
