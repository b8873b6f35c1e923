package dev.durable.lambda;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** How many bytes texts take. */
final class JsonSize {

	private JsonSize() {
	}

	/** The bytes of a text as a JSON string, with its quotes; zero for no text. */
	static int of(@Nullable String text) {
		if (text == null) {
			return 0;
		}
		int size = 2 + text.getBytes(StandardCharsets.UTF_8).length;
		for (int i = 0; i < text.length(); i++) {
			size += extra(text.charAt(i));
		}
		return size;
	}

	/** What escaping adds, at most. */
	private static int extra(char c) {
		if (c == '"' || c == '\\') {
			return 1;
		}
		return (c < ' ') ? 5 : 0;
	}

	/** The bytes of a text as it is; zero for no text. */
	static int plain(@Nullable String text) {
		return (text != null) ? text.getBytes(StandardCharsets.UTF_8).length : 0;
	}

}
