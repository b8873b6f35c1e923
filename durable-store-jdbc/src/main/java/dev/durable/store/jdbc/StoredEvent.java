package dev.durable.store.jdbc;

import java.time.Instant;
import java.util.Objects;

import dev.durable.EventType;
import dev.durable.OperationId;
import dev.durable.OperationSubType;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import dev.durable.OperationRef;
import org.jspecify.annotations.Nullable;

/** A row of the event table as Spring Data reads it; its names are the columns'. */
@SuppressWarnings("ArrayRecordComponent")
record StoredEvent(String executionId, long position, String eventType, String invocation, long recordedAt,
		@Nullable String operationId, @Nullable String parentId, @Nullable String operationName,
		@Nullable String operationSubtype, byte @Nullable [] payload, byte @Nullable [] error,
		@Nullable String details) {

	Event toEvent() {
		return new Event(this.position, EventType.of(this.eventType), this.invocation,
				Instant.ofEpochMilli(this.recordedAt), operation(),
				new EventContent(payload(this.payload), payload(this.error), EventDetails.decode(this.details)));
	}

	private @Nullable OperationRef operation() {
		if (this.operationId == null) {
			return null;
		}
		return new OperationRef(new OperationId(this.operationId),
				(this.parentId != null) ? new OperationId(this.parentId) : null, this.operationName,
				OperationSubType.of(Objects.requireNonNull(this.operationSubtype)));
	}

	private static @Nullable Payload payload(byte @Nullable [] bytes) {
		return (bytes != null) ? new Payload(bytes) : null;
	}

}
