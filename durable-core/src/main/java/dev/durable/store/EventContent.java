package dev.durable.store;

import dev.durable.codec.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What an event carries.
 *
 * @param payload an encoded input or result, or {@code null}
 * @param error an encoded error, or {@code null}
 * @param details the rest
 */
public record EventContent(@Nullable Payload payload, @Nullable Payload error, EventDetails details) {

	/** Nothing. */
	public static final EventContent NONE = new EventContent(null, null, EventDetails.NONE);

	/**
	 * Return a content of details only.
	 * @param details the details
	 * @return the content
	 */
	public static EventContent of(EventDetails details) {
		return new EventContent(null, null, details);
	}

}
