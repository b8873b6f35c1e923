package dev.durable.sample.orders;

import java.time.Instant;
import java.util.Map;

import dev.durable.OperationRef;
import dev.durable.HistoryEvent;
import org.jspecify.annotations.Nullable;

/**
 * One event of an order's history. Payloads are left out: they hold what customers sent.
 *
 * @param eventId position, from 1
 * @param type what happened, in AWS's words
 * @param timestamp when
 * @param operationId the operation's id, or {@code null}
 * @param name the operation's name, or {@code null}
 * @param error what went wrong, or {@code null}
 * @param details the rest
 */
record HistoryLine(long eventId, String type, Instant timestamp, @Nullable String operationId, @Nullable String name,
		@Nullable String error, Map<String, String> details) {

	static HistoryLine of(HistoryEvent event) {
		OperationRef operation = event.operation();
		return new HistoryLine(event.eventId(), event.type().text(), event.timestamp(),
				(operation != null) ? operation.id().value() : null, (operation != null) ? operation.name() : null,
				(event.error() != null) ? event.error().errorType() : null, event.details());
	}

	String text() {
		return ((this.name != null) ? this.name + ": " : "") + this.type
				+ ((this.error != null) ? " (" + this.error + ")" : "");
	}

}
