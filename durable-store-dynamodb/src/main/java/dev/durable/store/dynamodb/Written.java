package dev.durable.store.dynamodb;

/** What became of a conditional write. */
sealed interface Written {

	/**
	 * It happened.
	 *
	 * @param before the item before; empty if there was none, or nobody asked
	 */
	record Done(Item before) implements Written {

	}

	/**
	 * Its condition did not hold, and nothing happened.
	 *
	 * @param present the item that is there; empty if there is none
	 */
	record Refused(Item present) implements Written {

	}

	default boolean isDone() {
		return this instanceof Done;
	}

}
