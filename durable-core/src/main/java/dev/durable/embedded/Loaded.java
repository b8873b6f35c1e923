package dev.durable.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.durable.EventType;
import dev.durable.ExecutionStatus;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
import org.jspecify.annotations.Nullable;

/** An execution's journal as it was loaded. */
final class Loaded {

	private final OperationFold fold = new OperationFold();

	private long lastPosition;

	private @Nullable Payload input;

	private @Nullable ExecutionStatus ended;

	private @Nullable Instant endedAt;

	/** Whether code has something to do: it never ran, was cut off, or got news. */
	private boolean runnable = true;

	static Loaded of(List<Event> events) {
		Loaded loaded = new Loaded();
		events.forEach(loaded::apply);
		loaded.fold.prune();
		return loaded;
	}

	private void apply(Event event) {
		this.lastPosition = event.position();
		if (event.operation() != null) {
			var state = Objects.requireNonNull(this.fold.apply(event));
			this.runnable |= state.status().isTerminal();
			return;
		}
		if (event.type() == EventType.EXECUTION_STARTED) {
			this.input = event.content().payload();
		}
		else if (event.type() == EventType.INVOCATION_COMPLETED) {
			this.runnable = event.content().error() != null
					|| event.content().details().text(Details.UNFINISHED) != null;
		}
		ExecutionStatus status = event.type().ends();
		if (status != null) {
			this.ended = status;
			this.endedAt = event.timestamp();
		}
	}

	OperationFold fold() {
		return this.fold;
	}

	long lastPosition() {
		return this.lastPosition;
	}

	@Nullable Payload input() {
		return this.input;
	}

	boolean isRunnable() {
		return this.runnable;
	}

	@Nullable ExecutionStatus ended() {
		return this.ended;
	}

	@Nullable Instant endedAt() {
		return this.endedAt;
	}

}
