package dev.durable.lambda.emulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.durable.OperationRef;
import dev.durable.OperationStatus;
import dev.durable.journal.OperationState;
import dev.durable.store.Event;

/**
 * What rules have to know of an operation.
 *
 * @param operation the operation
 * @param status where it stands
 */
record RecordedOperation(OperationRef operation, OperationStatus status) {

	static RecordedOperation of(OperationState state) {
		return new RecordedOperation(state.operation(), state.status());
	}

	/** The operations of a whole history by their ids, whoever is still shown them. */
	static Map<String, RecordedOperation> all(List<Event> history) {
		Map<String, RecordedOperation> all = new HashMap<>();
		for (Event event : history) {
			OperationRef operation = event.operation();
			if (operation != null) {
				all.put(operation.id().value(), new RecordedOperation(operation, status(event)));
			}
		}
		return all;
	}

	/** The name of an event's type ends with the status that the event brings. */
	private static OperationStatus status(Event event) {
		if (event.content().details().text(EventFacts.DELAY) != null) {
			return OperationStatus.PENDING;
		}
		return Stream.of(OperationStatus.values())
			.filter((status) -> event.type().name().endsWith("_" + status))
			.findFirst()
			.orElseThrow();
	}

}
