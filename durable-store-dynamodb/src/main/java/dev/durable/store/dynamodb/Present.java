package dev.durable.store.dynamodb;

import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import org.jspecify.annotations.Nullable;

/**
 * An execution as it is now.
 *
 * @param row what its head keeps
 * @param tail its newest append
 */
record Present(StoredRow row, Tail tail) {

	/** The state that the head does not have yet, or null. The journal decides. */
	@Nullable ExecutionState unapplied() {
		boolean ahead = this.tail.state() != null && this.tail.first() > this.row.position();
		return ahead ? this.tail.state() : null;
	}

	ExecutionState state() {
		ExecutionState unapplied = unapplied();
		return (unapplied != null) ? unapplied : this.row.state();
	}

	ExecutionRow toRow() {
		return new ExecutionRow(this.row.identity(), state());
	}

	boolean hasEnded() {
		return state().status().isTerminal();
	}

}
