package dev.durable.store;

import java.time.Instant;
import java.util.Objects;

import dev.durable.OperationRef;
import dev.durable.EventType;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an execution's journal; once written it never changes.
 *
 * @param position place in the journal, from 1 without gaps
 * @param type what happened
 * @param invocation random id of the invocation, or of the outsider, that wrote it: tells
 * whose write took a position
 * @param timestamp when, by the store's clock, to the millisecond
 * @param operation the operation it belongs to, or {@code null} for the execution itself
 * @param content what it carries
 */
public record Event(long position, EventType type, String invocation, Instant timestamp,
		@Nullable OperationRef operation, EventContent content) {

	public Event {
		if (position < 1) {
			throw new IllegalArgumentException("'position' must be at least 1 but was " + position);
		}
		Objects.requireNonNull(type, "'type' must not be null");
		Objects.requireNonNull(invocation, "'invocation' must not be null");
	}

}
