package dev.durable.embedded;

import java.time.Instant;

import dev.durable.EventType;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.OperationRef;
import org.jspecify.annotations.Nullable;

/**
 * An event before it has a position.
 *
 * @param type what happened
 * @param at when
 * @param operation the operation it belongs to, or {@code null}
 * @param content what it carries
 * @param effects what its append does beside
 */
record EventDraft(EventType type, Instant at, @Nullable OperationRef operation, EventContent content, Effects effects) {

	EventDraft(EventType type, Instant at, @Nullable OperationRef operation, EventContent content) {
		this(type, at, operation, content, Effects.NONE);
	}

	Event at(long position, String invocation) {
		return new Event(position, this.type, invocation, this.at, this.operation, this.content);
	}

}
