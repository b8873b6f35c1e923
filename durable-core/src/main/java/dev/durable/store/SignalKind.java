package dev.durable.store;

/** What a signal announces. */
public enum SignalKind {

	/** A callback reached its end; its row says how. */
	CALLBACK,

	/** An invoked execution ended; its journal says how. */
	CHILD

}
