package dev.durable.store.tck;

import java.util.List;

import dev.durable.ExecutionId;
import dev.durable.store.Append;
import dev.durable.store.CallbackRow;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;
import dev.durable.store.RowChange;
import dev.durable.store.Signal;

/** Builds appends of which a test names only what matters to it. */
final class Appends {

	private Appends() {
	}

	static Append create(ExecutionRow row) {
		return new Append(row.identity().id(), List.of(Events.started()), new RowChange.Create(row), Effects.NONE);
	}

	static Append events(ExecutionId execution, Event... events) {
		return new Append(execution, List.of(events), new RowChange.None(), Effects.NONE);
	}

	static Append following(ExecutionId execution, String invocation, Event... events) {
		return new Append(execution, List.of(events), new RowChange.None(), Effects.NONE, invocation);
	}

	static Append update(ExecutionId execution, long position, ExecutionState state) {
		return update(execution, position, state, Effects.NONE);
	}

	static Append update(ExecutionId execution, long position, ExecutionState state, Effects effects) {
		return new Append(execution, List.of(Events.at(position)), new RowChange.Update(state), effects);
	}

	static Append effects(ExecutionId execution, long position, Effects effects) {
		return new Append(execution, List.of(Events.at(position)), new RowChange.None(), effects);
	}

	static Effects callbacks(CallbackRow... callbacks) {
		return new Effects(List.of(callbacks), List.of(), List.of(), false);
	}

	static Effects consumed(String... signals) {
		return new Effects(List.of(), List.of(signals), List.of(), false);
	}

	static Effects signals(Signal... signals) {
		return new Effects(List.of(), List.of(), List.of(signals), false);
	}

	static Effects closeCallbacks() {
		return new Effects(List.of(), List.of(), List.of(), true);
	}

}
