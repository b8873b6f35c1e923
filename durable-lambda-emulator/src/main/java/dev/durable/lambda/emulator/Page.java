package dev.durable.lambda.emulator;

import java.util.ArrayList;
import java.util.List;

/**
 * The first of a list of things that does not fit one answer.
 *
 * @param <T> the things
 * @param items those that fit
 * @param rest the others
 */
record Page<T>(List<T> items, List<T> rest) {

	/** What Lambda's answers can hold is 6 MB; this leaves room for the rest of one. */
	static final int MAX_BYTES = 5 * 1024 * 1024;

	/** Take what fits, but one at least. */
	static <T> Page<T> of(List<T> items, int maxItems, int maxBytes, Size<T> size) {
		List<T> page = new ArrayList<>();
		long bytes = 0;
		for (T item : items) {
			bytes += size.of(item);
			if (!page.isEmpty() && (page.size() == maxItems || bytes > maxBytes)) {
				break;
			}
			page.add(item);
		}
		return new Page<>(page, items.subList(page.size(), items.size()));
	}

	/**
	 * Tells how large a thing is.
	 *
	 * @param <T> the thing
	 */
	@FunctionalInterface
	interface Size<T> {

		/** Return the size in bytes. */
		int of(T item);

	}

}
