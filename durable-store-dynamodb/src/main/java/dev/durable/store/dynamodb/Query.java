package dev.durable.store.dynamodb;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads neighbours.
 *
 * @param range which ones
 * @param consistent whether what was written before is seen for sure, at twice the price
 * @param descending whether the last comes first
 * @param limit how many at most, from 1
 * @param only the attributes to read; empty for all
 * @param aliveAt when, in seconds since 1970, an item's time to live must not have
 * passed; {@code null} if that does not matter
 */
record Query(Keys.Range range, boolean consistent, boolean descending, int limit, List<String> only,
		@Nullable Long aliveAt) {

	/** Read what was written for sure. */
	static Query consistent(Keys.Range range) {
		return new Query(range, true, false, Integer.MAX_VALUE, List.of(), null);
	}

	/** Read what may be a moment old: hints, which are looked at again. */
	static Query eventual(Keys.Range range) {
		return new Query(range, false, false, Integer.MAX_VALUE, List.of(), null);
	}

	Query lastFirst() {
		return new Query(this.range, this.consistent, true, this.limit, this.only, this.aliveAt);
	}

	Query limit(int limit) {
		return new Query(this.range, this.consistent, this.descending, limit, this.only, this.aliveAt);
	}

	Query only(String... attributes) {
		return new Query(this.range, this.consistent, this.descending, this.limit, List.of(attributes), this.aliveAt);
	}

	Query aliveAt(long seconds) {
		return new Query(this.range, this.consistent, this.descending, this.limit, this.only, seconds);
	}

	Query keysOnly() {
		return only(Key.PARTITION, Key.SORT);
	}

}
