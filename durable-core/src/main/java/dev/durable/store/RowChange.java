package dev.durable.store;

/** What an append does to the execution's row, in the same atomic write. */
public sealed interface RowChange {

	/** Leave the row alone. */
	record None() implements RowChange {

	}

	/**
	 * Create the row; only with the event at position 1.
	 *
	 * @param row the row
	 */
	record Create(ExecutionRow row) implements RowChange {

	}

	/**
	 * Replace the row's state.
	 *
	 * @param state the new state
	 */
	record Update(ExecutionState state) implements RowChange {

	}

}
