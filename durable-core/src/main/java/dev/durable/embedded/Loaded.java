package dev.durable.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.durable.EventType;
import dev.durable.ExecutionStatus;
import dev.durable.OperationId;
import dev.durable.OperationStatus;
import dev.durable.codec.Payload;
import dev.durable.store.Event;
import org.jspecify.annotations.Nullable;

/** An execution's journal as it was loaded. */
final class Loaded {

	private final OperationFold fold = new OperationFold();

	private final Instant seenAt;

	private @Nullable Event last;

	private long lastInvocationEnd;

	private @Nullable Payload input;

	private @Nullable ExecutionStatus ended;

	private @Nullable Instant endedAt;

	/** Whether code has something to do: it never ran, was cut off, or got news. */
	private boolean runnable = true;

	private Loaded(Instant seenAt) {
		this.seenAt = seenAt;
	}

	static Loaded of(List<Event> events) {
		return of(events, Instant.MIN);
	}

	/**
	 * Load a journal.
	 * @param seenAt when it was read, or before
	 */
	static Loaded of(List<Event> events, Instant seenAt) {
		Loaded loaded = new Loaded(seenAt);
		events.forEach(loaded::apply);
		loaded.fold.prune();
		return loaded;
	}

	private void apply(Event event) {
		this.last = event;
		if (event.operation() != null) {
			var state = Objects.requireNonNull(this.fold.apply(event));
			this.runnable |= state.status().isTerminal();
			return;
		}
		if (event.type() == EventType.EXECUTION_STARTED) {
			this.input = event.content().payload();
		}
		else if (event.type() == EventType.INVOCATION_COMPLETED) {
			this.lastInvocationEnd = event.position();
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
		return (this.last != null) ? this.last.position() : 0;
	}

	/** The journal was like this at that time or later. */
	Instant seenAt() {
		return this.seenAt;
	}

	/** The newest event, or null if there is none. */
	@Nullable Event last() {
		return this.last;
	}

	/** An event of the execution itself was appended since. */
	void appended(Event event) {
		if (event.type() == EventType.INVOCATION_COMPLETED) {
			this.lastInvocationEnd = event.position();
		}
	}

	/** Whether no invocation has ended yet. */
	boolean isNew() {
		return this.lastInvocationEnd == 0;
	}

	/** The operations that changed since the last invocation ended. */
	Set<OperationId> updated() {
		return this.fold.all()
			.stream()
			.filter((state) -> !isNew() && (state.status() == OperationStatus.READY
					|| state.facts().lastPosition() > this.lastInvocationEnd))
			.map((state) -> state.operation().id())
			.collect(Collectors.toUnmodifiableSet());
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
