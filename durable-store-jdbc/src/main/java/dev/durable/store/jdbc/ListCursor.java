package dev.durable.store.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.durable.ExecutionId;

/**
 * The last execution of a page.
 *
 * @param startedAt when it was started, in milliseconds
 * @param id the execution
 */
record ListCursor(long startedAt, String id) {

	static ListCursor of(StoredExecution last) {
		return new ListCursor(last.startedAt(), last.id());
	}

	/** Write the cursor as a text that only this class reads. */
	String encode() {
		String text = this.startedAt + " " + this.id;
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	static ListCursor decode(String cursor) {
		try {
			String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
			int space = text.indexOf(' ');
			return new ListCursor(Long.parseLong(text.substring(0, space)),
					new ExecutionId(text.substring(space + 1)).value());
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			throw new IllegalArgumentException(
					"'cursor' must come from a page of this store but was '%s'".formatted(cursor), ex);
		}
	}

}
