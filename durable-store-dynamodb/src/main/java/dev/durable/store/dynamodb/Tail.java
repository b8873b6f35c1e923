package dev.durable.store.dynamodb;

import java.util.List;

import dev.durable.ExecutionId;
import dev.durable.store.ExecutionState;
import dev.durable.store.Signal;
import org.jspecify.annotations.Nullable;

/**
 * The newest append of an execution, without its events.
 *
 * @param first its first position
 * @param last its last position
 * @param state the state that it gave the row, or {@code null} if it left the row alone
 * @param signals the signals that it sent
 * @param invocation who wrote its last event
 * @param token its own write
 */
record Tail(long first, long last, @Nullable ExecutionState state, List<Signal> signals, String invocation,
		String token) {

	/** What is read of an append to know its tail. */
	static final String[] ATTRIBUTES = { Key.PARTITION, Key.SORT, Attributes.LAST, Attributes.ROW, Attributes.SIGNALS,
			Attributes.INVOCATION, Attributes.LAST_INVOCATION, Attributes.TOKEN, Attributes.STATUS };

	static Tail of(ExecutionId execution, Item append) {
		Item state = append.map(Attributes.ROW);
		return new Tail(Keys.position(append.key()), append.number(Attributes.LAST, 0),
				(state != null) ? StoredRow.state(state) : null,
				append.maps(Attributes.SIGNALS).stream().map(SignalItems::signal).toList(),
				append.has(Attributes.LAST_INVOCATION) ? append.required(Attributes.LAST_INVOCATION)
						: append.required(Attributes.INVOCATION),
				append.required(Attributes.TOKEN));
	}

	boolean hasEnded() {
		return this.state != null && this.state.status().isTerminal();
	}

}
