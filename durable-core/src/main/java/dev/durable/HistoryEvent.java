package dev.durable;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One recorded event, in AWS's terms.
 *
 * @param eventId position in the history, from 1
 * @param type what happened
 * @param timestamp when, by the store's clock
 * @param operation the operation it belongs to, or {@code null} for the execution itself
 * @param payload the recorded input or result as text, or {@code null}; not shown if it
 * is encrypted or kept apart, of which the details tell {@code encrypted}, the key's id,
 * and {@code offloaded}, the size in bytes
 * @param error the recorded error, or {@code null}
 * @param details the rest, such as {@code attempt} or {@code delay}
 */
public record HistoryEvent(long eventId, EventType type, Instant timestamp, @Nullable OperationRef operation,
		@Nullable String payload, @Nullable ErrorObject error, Map<String, String> details) {

	public HistoryEvent {
		details = Map.copyOf(details);
	}

}
