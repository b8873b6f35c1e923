package dev.durable.store.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import dev.durable.store.CallbackRow;
import dev.durable.store.CallbackState;
import org.jspecify.annotations.Nullable;

/** All callbacks by the lookup part of their id; guarded by the store's lock. */
final class MemoryCallbacks {

	private static final CallbackRow.Outcome CLOSED = new CallbackRow.Outcome(CallbackState.CLOSED, null, null);

	private final Map<String, CallbackRow> rows = new HashMap<>();

	@Nullable CallbackRow find(String lookup) {
		return this.rows.get(lookup);
	}

	void add(CallbackRow row) {
		this.rows.put(row.key().lookup(), row);
	}

	boolean end(String lookup, CallbackRow.Outcome outcome) {
		CallbackRow row = pending(lookup);
		if (row == null) {
			return false;
		}
		add(new CallbackRow(row.key(), row.execution(), row.operation(), row.deadlines(), outcome));
		return true;
	}

	boolean heartbeat(String lookup, Instant heartbeatAt) {
		CallbackRow row = pending(lookup);
		if (row == null) {
			return false;
		}
		CallbackRow.Deadlines deadlines = new CallbackRow.Deadlines(row.deadlines().timeoutAt(),
				row.deadlines().heartbeatTimeout(), heartbeatAt);
		add(new CallbackRow(row.key(), row.execution(), row.operation(), deadlines, row.outcome()));
		return true;
	}

	void close(Collection<String> lookups) {
		lookups.forEach((lookup) -> end(lookup, CLOSED));
	}

	void remove(Collection<String> lookups) {
		this.rows.keySet().removeAll(lookups);
	}

	private @Nullable CallbackRow pending(String lookup) {
		CallbackRow row = this.rows.get(lookup);
		return (row != null && row.outcome().state() == CallbackState.PENDING) ? row : null;
	}

}
