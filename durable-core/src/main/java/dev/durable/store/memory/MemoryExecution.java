package dev.durable.store.memory;

import java.util.ArrayList;
import java.util.List;

import dev.durable.store.Event;
import dev.durable.store.ExecutionIdentity;
import dev.durable.store.ExecutionRow;
import dev.durable.store.ExecutionState;

/** One execution with its journal; guarded by the store's lock. */
final class MemoryExecution {

	private final ExecutionIdentity identity;

	private final List<Event> events = new ArrayList<>();

	private final List<String> callbacks = new ArrayList<>();

	private ExecutionState state;

	MemoryExecution(ExecutionRow row) {
		this.identity = row.identity();
		this.state = row.state();
	}

	ExecutionIdentity identity() {
		return this.identity;
	}

	ExecutionState state() {
		return this.state;
	}

	void state(ExecutionState state) {
		this.state = state;
	}

	ExecutionRow row() {
		return new ExecutionRow(this.identity, this.state);
	}

	/** The journal; index 0 holds position 1. */
	List<Event> events() {
		return this.events;
	}

	/** Lookups of the callbacks that were created for this execution. */
	List<String> callbacks() {
		return this.callbacks;
	}

}
