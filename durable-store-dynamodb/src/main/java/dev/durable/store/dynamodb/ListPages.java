package dev.durable.store.dynamodb;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Goes through one list from its end, a page at a time. Not thread-safe. */
final class ListPages {

	private final Table table;

	private final int pageSize;

	private final Queue<Item> page = new ArrayDeque<>();

	private Keys.Range rest;

	private boolean complete;

	ListPages(Table table, Keys.Range range, int pageSize) {
		this.table = table;
		this.rest = range;
		this.pageSize = pageSize;
	}

	boolean hasNext() {
		while (this.page.isEmpty() && !this.complete) {
			read();
		}
		return !this.page.isEmpty();
	}

	Item next() {
		return this.page.element();
	}

	Item take() {
		return this.page.remove();
	}

	private void read() {
		List<Item> found = this.table.query(Query.consistent(this.rest).lastFirst().limit(this.pageSize));
		this.page.addAll(found);
		this.complete = found.size() < this.pageSize;
		if (!this.complete) {
			String last = found.get(found.size() - 1).key().sort();
			this.rest = new Keys.Range(this.rest.partition(), this.rest.from(), before(last));
		}
	}

	/** The greatest key that sorts before another one of the same length. */
	private static String before(String key) {
		int end = key.length() - 1;
		return key.substring(0, end) + (char) (key.charAt(end) - 1) + "~";
	}

}
