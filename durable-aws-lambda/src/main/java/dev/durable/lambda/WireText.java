package dev.durable.lambda;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.durable.codec.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Payloads as texts, which is all that the service takes: UTF-8 as it is, other bytes in
 * Base64 behind a prefix. A text that begins with the prefix is written that way too.
 */
final class WireText {

	/** No JSON document begins so. */
	private static final String PREFIX = "durable;base64,";

	private WireText() {
	}

	static String write(Payload payload) {
		String text = text(payload.bytes());
		return (text != null && !text.startsWith(PREFIX)) ? text
				: PREFIX + Base64.getEncoder().encodeToString(payload.bytes());
	}

	private static @Nullable String text(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	/** Read a text; one that only looks as if it were in Base64 is what it is. */
	static Payload read(String text) {
		if (text.startsWith(PREFIX)) {
			try {
				return new Payload(Base64.getDecoder().decode(text.substring(PREFIX.length())));
			}
			catch (IllegalArgumentException ex) {
				return Payload.ofText(text);
			}
		}
		return Payload.ofText(text);
	}

	/** The most bytes that fit into a text of so many, if they are no text themselves. */
	static int binaryCapacity(int bytes) {
		return (bytes - PREFIX.length()) / 4 * 3;
	}

}
