package dev.durable.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.codec.Payload;
import dev.durable.payload.PayloadOwner;
import dev.durable.payload.PayloadPlace;
import dev.durable.payload.PayloadPlace.Part;
import dev.durable.payload.PayloadSealing;
import dev.durable.store.Append;
import dev.durable.store.CallbackRow;
import dev.durable.store.Event;
import dev.durable.store.EventContent;
import org.jspecify.annotations.Nullable;

/**
 * Finds the payloads in a store's records, and says where each of them stands. Records
 * without anything to seal or open are passed on as they are.
 */
final class SealedRecords {

	private final PayloadSealing sealing;

	SealedRecords(PayloadSealing sealing) {
		this.sealing = sealing;
	}

	/** Whether sealing an append reads from or writes to a payload store. */
	boolean blocks(Append append) {
		for (Event event : append.events()) {
			EventContent content = event.content();
			if (blocks(place(append.execution(), event, Part.PAYLOAD), content.payload())
					|| blocks(place(append.execution(), event, Part.ERROR), content.error())) {
				return true;
			}
		}
		return false;
	}

	private boolean blocks(PayloadPlace place, @Nullable Payload payload) {
		return payload != null && this.sealing.blocks(place, payload);
	}

	Append seal(Append append, Supplier<PayloadOwner> owner) {
		List<Event> sealed = new ArrayList<>(append.events().size());
		boolean changed = false;
		for (Event event : append.events()) {
			Event next = seal(append.execution(), event, owner);
			changed |= next != event;
			sealed.add(next);
		}
		return changed ? new Append(append.execution(), sealed, append.row(), append.effects(), append.follows())
				: append;
	}

	private Event seal(ExecutionId execution, Event event, Supplier<PayloadOwner> owner) {
		return with(event, (payload) -> this.sealing.seal(place(execution, event, Part.PAYLOAD), payload, owner),
				(error) -> this.sealing.seal(place(execution, event, Part.ERROR), error, owner));
	}

	Event open(ExecutionId execution, Event event) {
		return with(event, (payload) -> this.sealing.open(place(execution, event, Part.PAYLOAD), payload),
				(error) -> this.sealing.open(place(execution, event, Part.ERROR), error));
	}

	private static Event with(Event event, UnaryOperator<Payload> payload, UnaryOperator<Payload> error) {
		EventContent content = event.content();
		Payload newPayload = (content.payload() != null) ? payload.apply(content.payload()) : null;
		Payload newError = (content.error() != null) ? error.apply(content.error()) : null;
		if (newPayload == content.payload() && newError == content.error()) {
			return event;
		}
		return new Event(event.position(), event.type(), event.invocation(), event.timestamp(), event.operation(),
				new EventContent(newPayload, newError, content.details()));
	}

	CallbackRow.Outcome seal(ExecutionId execution, OperationId operation, CallbackRow.Outcome outcome,
			Supplier<PayloadOwner> owner) {
		return with(outcome,
				(payload) -> this.sealing.seal(PayloadPlace.callback(execution, operation, Part.PAYLOAD), payload,
						owner),
				(error) -> this.sealing.seal(PayloadPlace.callback(execution, operation, Part.ERROR), error, owner));
	}

	CallbackRow open(CallbackRow row) {
		CallbackRow.Outcome opened = with(row.outcome(),
				(payload) -> this.sealing.open(PayloadPlace.callback(row.execution(), row.operation(), Part.PAYLOAD),
						payload),
				(error) -> this.sealing.open(PayloadPlace.callback(row.execution(), row.operation(), Part.ERROR),
						error));
		return (opened == row.outcome()) ? row
				: new CallbackRow(row.key(), row.execution(), row.operation(), row.deadlines(), opened);
	}

	private static CallbackRow.Outcome with(CallbackRow.Outcome outcome, UnaryOperator<Payload> payload,
			UnaryOperator<Payload> error) {
		Payload newPayload = (outcome.payload() != null) ? payload.apply(outcome.payload()) : null;
		Payload newError = (outcome.error() != null) ? error.apply(outcome.error()) : null;
		return (newPayload == outcome.payload() && newError == outcome.error()) ? outcome
				: new CallbackRow.Outcome(outcome.state(), newPayload, newError);
	}

	/**
	 * A callback's outcome becomes its last event as it was sealed, so that who only
	 * journals it needs neither key nor payload store.
	 */
	private static PayloadPlace place(ExecutionId execution, Event event, Part part) {
		return (event.operation() != null && isCallbackOutcome(event.type()))
				? PayloadPlace.callback(execution, event.operation().id(), part)
				: PayloadPlace.event(execution, event.position(), part);
	}

	private static boolean isCallbackOutcome(EventType type) {
		return type == EventType.CALLBACK_SUCCEEDED || type == EventType.CALLBACK_FAILED
				|| type == EventType.CALLBACK_TIMED_OUT;
	}

}
