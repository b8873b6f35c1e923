package dev.durable.lambda.emulator;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.durable.EventType;
import dev.durable.OperationId;
import dev.durable.OperationType;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationAction;
import dev.durable.store.Event;
import org.jspecify.annotations.Nullable;

/**
 * Counts what an execution uses: operations, of which the start, every retry and every
 * failed invocation is one too, and bytes written. Not thread-safe.
 */
final class Meter {

	static final int MAX_OPERATIONS = 3_000;

	static final long MAX_BYTES = 100L * 1024 * 1024;

	private final Set<String> operations = new HashSet<>();

	private int retries;

	private long bytes;

	/** Count what a journal holds already. */
	static Meter of(List<Event> events) {
		Meter meter = new Meter();
		events.forEach(meter::add);
		return meter;
	}

	private void add(Event event) {
		this.bytes += size(event.content().payload()) + size(event.content().error());
		OperationId operation = (event.operation() != null) ? event.operation().id() : null;
		if (operation != null) {
			this.operations.add(operation.value());
		}
		boolean again = event.content().details().text(EventFacts.DELAY) != null;
		boolean failed = event.type() == EventType.INVOCATION_COMPLETED && event.content().error() != null;
		this.retries += (again || failed) ? 1 : 0;
	}

	private static int size(@Nullable Payload payload) {
		return (payload != null) ? payload.size() : 0;
	}

	/** Count updates, unless that would be too many. */
	void add(List<WireUpdate> updates) {
		Set<String> started = new HashSet<>(this.operations);
		updates.stream()
			.filter((update) -> update.type() != OperationType.EXECUTION)
			.map(WireUpdate::id)
			.forEach(started::add);
		int again = (int) updates.stream().filter((update) -> update.action() == OperationAction.RETRY).count();
		long written = updates.stream().mapToLong(WireUpdate::bytes).sum();
		if (1 + started.size() + this.retries + again > MAX_OPERATIONS) {
			throw AwsException.invalid("An execution may have at most %d operations", MAX_OPERATIONS);
		}
		if (this.bytes + written > MAX_BYTES) {
			throw AwsException.invalid("An execution may store at most %d bytes", MAX_BYTES);
		}
		this.operations.addAll(started);
		this.retries += again;
		this.bytes += written;
	}

}
