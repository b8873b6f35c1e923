package dev.durable.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.durable.ExecutionId;
import dev.durable.codec.Payload;
import dev.durable.store.Append;
import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackState;
import dev.durable.store.Event;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.RowChange;
import dev.durable.store.Signal;
import org.jspecify.annotations.Nullable;

/**
 * What a group of appends writes, table by table.
 *
 * @param events rows for the journal
 * @param created executions to create
 * @param updated execution rows to replace
 * @param beside what the appends do beside
 */
record AppendGroup(List<NewEvent> events, List<ExecutionRow> created, List<NewState> updated, Beside beside) {

	static AppendGroup of(List<Append> appends) {
		List<NewEvent> events = new ArrayList<>();
		List<ExecutionRow> created = new ArrayList<>();
		List<NewState> updated = new ArrayList<>();
		Beside beside = new Beside(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		for (Append append : appends) {
			Event first = append.events().get(0);
			append.events()
				.forEach((event) -> events
					.add(new NewEvent(append.execution(), event, (event == first && append.follows() != null)
							? new Predecessor(event.position() - 1, append.follows()) : null)));
			if (append.row() instanceof RowChange.Create create) {
				created.add(create.row());
			}
			if (append.row() instanceof RowChange.Update update) {
				updated.add(new NewState(append.execution(), update.state()));
			}
			beside.add(append);
		}
		return new AppendGroup(events, created, updated, beside);
	}

	/** How many bytes the journal's payloads and errors have. */
	long payloadBytes() {
		return this.events.stream()
			.map((row) -> row.event().content())
			.flatMap((content) -> Stream.of(Optional.ofNullable(content.payload()),
					Optional.ofNullable(content.error())))
			.flatMap(Optional::stream)
			.mapToLong(Payload::size)
			.sum();
	}

	boolean isEventsOnly() {
		return this.created.isEmpty() && this.updated.isEmpty() && this.beside.isEmpty();
	}

	/**
	 * An event of an execution.
	 *
	 * @param execution the execution
	 * @param event the event
	 * @param predecessor what the journal must hold already, or {@code null} if nobody
	 * need look
	 */
	record NewEvent(ExecutionId execution, Event event, @Nullable Predecessor predecessor) {

	}

	/**
	 * The event that an append follows.
	 *
	 * @param position its position
	 * @param invocation who must have written it
	 */
	record Predecessor(long position, String invocation) {

	}

	/**
	 * An execution's new state.
	 *
	 * @param execution the execution
	 * @param state the state
	 */
	record NewState(ExecutionId execution, ExecutionState state) {

	}

	/**
	 * What is written beside journals and execution rows.
	 *
	 * @param callbacks callbacks to create
	 * @param closed executions whose callbacks are closed
	 * @param consumed ids of signals to delete
	 * @param signals signals to insert
	 */
	record Beside(List<CallbackRow> callbacks, List<String> closed, List<String> consumed, List<Signal> signals) {

		private void add(Append append) {
			boolean closes = append.effects().closeCallbacks();
			append.effects()
				.callbacks()
				.forEach((callback) -> this.callbacks.add(closes ? closedIfPending(callback) : callback));
			this.consumed.addAll(append.effects().consumed());
			this.signals.addAll(append.effects().signals());
			if (closes) {
				this.closed.add(append.execution().value());
			}
		}

		/** What closes the others does not see it, where both are one statement. */
		private static CallbackRow closedIfPending(CallbackRow callback) {
			return (callback.outcome().state() == CallbackState.PENDING)
					? new CallbackRow(callback.key(), callback.execution(), callback.operation(), callback.deadlines(),
							new CallbackRow.Outcome(CallbackState.CLOSED, null, null))
					: callback;
		}

		boolean isEmpty() {
			return this.callbacks.isEmpty() && this.closed.isEmpty() && this.consumed.isEmpty()
					&& this.signals.isEmpty();
		}

	}

}
