package dev.durable.store.memory;

import java.util.List;

import dev.durable.ExecutionId;
import dev.durable.store.Append;
import dev.durable.store.AppendConflictException;
import dev.durable.store.CallbackRow;
import dev.durable.store.Effects;
import dev.durable.store.Event;
import dev.durable.store.RowChange;
import dev.durable.store.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Applies an append: checks everything first, then changes everything; guarded by the
 * store's lock.
 */
final class MemoryWriter {

	private final MemoryExecutions executions;

	private final MemoryCallbacks callbacks;

	private final MemorySignals signals;

	MemoryWriter(MemoryExecutions executions, MemoryCallbacks callbacks, MemorySignals signals) {
		this.executions = executions;
		this.callbacks = callbacks;
		this.signals = signals;
	}

	/**
	 * Apply an append.
	 * @return the executions that signals were inserted for
	 */
	List<ExecutionId> apply(Append append) {
		MemoryExecution known = this.executions.find(append.execution());
		check(append, known);
		MemoryExecution execution = change(append, known);
		execution.events().addAll(append.events());
		return apply(append.effects(), execution);
	}

	private void check(Append append, @Nullable MemoryExecution known) {
		if (!follows(append, (known != null) ? known.events() : List.of())) {
			throw new AppendConflictException(append.execution(), append.firstPosition());
		}
		if (known == null && !(append.row() instanceof RowChange.Create)) {
			throw new IllegalArgumentException(
					"There is no execution '%s'; its first append must create it".formatted(append.execution()));
		}
		for (CallbackRow callback : append.effects().callbacks()) {
			if (this.callbacks.find(callback.key().lookup()) != null) {
				throw new IllegalArgumentException("A callback's lookup must be new: use more random bits");
			}
		}
	}

	private static boolean follows(Append append, List<Event> journal) {
		if (append.firstPosition() != journal.size() + 1) {
			return false;
		}
		return append.follows() == null
				|| !journal.isEmpty() && journal.get(journal.size() - 1).invocation().equals(append.follows());
	}

	private MemoryExecution change(Append append, @Nullable MemoryExecution known) {
		if (known == null) {
			return this.executions.create(((RowChange.Create) append.row()).row());
		}
		if (append.row() instanceof RowChange.Update update) {
			this.executions.update(known, update.state());
		}
		return known;
	}

	private List<ExecutionId> apply(Effects effects, MemoryExecution execution) {
		effects.callbacks().forEach((callback) -> {
			this.callbacks.add(callback);
			execution.callbacks().add(callback.key().lookup());
		});
		if (effects.closeCallbacks()) {
			this.callbacks.close(execution.callbacks());
		}
		this.signals.remove(effects.consumed());
		effects.signals().forEach(this.signals::add);
		return effects.signals().stream().map(Signal::execution).toList();
	}

}
