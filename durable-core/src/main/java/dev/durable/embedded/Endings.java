package dev.durable.embedded;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.durable.EventType;
import dev.durable.codec.Payload;
import dev.durable.store.Effects;
import dev.durable.store.EventContent;
import dev.durable.store.EventDetails;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ParentLink;
import dev.durable.store.Signal;
import dev.durable.store.SignalKind;
import org.jspecify.annotations.Nullable;

/** The last event of an execution, and what it tells others. */
final class Endings {

	private Endings() {
	}

	static EventDraft draft(ExecutionIdentity identity, EventType type, Instant at, @Nullable Payload result,
			@Nullable Payload error) {
		ParentLink parent = identity.parent();
		List<Signal> signals = (parent != null) ? List
			.of(new Signal(UUID.randomUUID().toString(), parent.execution(), SignalKind.CHILD, parent.operation(), at))
				: List.of();
		return new EventDraft(type, at, null, new EventContent(result, error, EventDetails.NONE),
				new Effects(List.of(), List.of(), signals, true));
	}

}
