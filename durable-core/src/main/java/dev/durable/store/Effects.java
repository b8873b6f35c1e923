package dev.durable.store;

import java.util.Collection;
import java.util.List;

/**
 * What an append does beside the journal, in the same atomic write.
 *
 * @param callbacks callbacks to create
 * @param consumed ids of signals to delete
 * @param signals signals to insert for other executions
 * @param closeCallbacks whether the execution's pending callbacks become
 * {@link CallbackState#CLOSED}
 */
public record Effects(List<CallbackRow> callbacks, Collection<String> consumed, List<Signal> signals,
		boolean closeCallbacks) {

	/** Nothing. */
	public static final Effects NONE = new Effects(List.of(), List.of(), List.of(), false);

	public Effects {
		callbacks = List.copyOf(callbacks);
		consumed = List.copyOf(consumed);
		signals = List.copyOf(signals);
	}

}
