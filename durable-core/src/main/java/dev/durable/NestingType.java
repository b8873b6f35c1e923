package dev.durable;

/** How the items of a map or parallel are recorded. */
public enum NestingType {

	/**
	 * Each item has a context of its own in the history: its result is recorded when it
	 * ends, and it is not run again.
	 */
	NESTED,

	/**
	 * Items leave no record of their own, only their operations do: two events fewer for
	 * each, but code between an item's operations runs again until the whole operation
	 * has ended.
	 */
	FLAT

}
