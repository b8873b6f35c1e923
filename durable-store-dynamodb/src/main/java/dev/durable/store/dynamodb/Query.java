package dev.durable.store.dynamodb;

import java.util.List;

/**
 * Reads neighbours.
 *
 * @param range which ones
 * @param consistent whether what was written before is seen for sure, at twice the price
 * @param descending whether the last comes first
 * @param limit how many at most, from 1
 * @param only the attributes to read; empty for all
 */
record Query(Keys.Range range, boolean consistent, boolean descending, int limit, List<String> only) {

	/** Read what was written for sure. */
	static Query consistent(Keys.Range range) {
		return new Query(range, true, false, Integer.MAX_VALUE, List.of());
	}

	/** Read what may be a moment old: hints, which are looked at again. */
	static Query eventual(Keys.Range range) {
		return new Query(range, false, false, Integer.MAX_VALUE, List.of());
	}

	Query lastFirst() {
		return new Query(this.range, this.consistent, true, this.limit, this.only);
	}

	Query limit(int limit) {
		return new Query(this.range, this.consistent, this.descending, limit, this.only);
	}

	Query only(String... attributes) {
		return new Query(this.range, this.consistent, this.descending, this.limit, List.of(attributes));
	}

	Query keysOnly() {
		return only(Key.PARTITION, Key.SORT);
	}

}
