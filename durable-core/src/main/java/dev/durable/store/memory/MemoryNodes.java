package dev.durable.store.memory;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

import dev.durable.store.NodeId;

/** When each node last reported; guarded by the store's lock. */
final class MemoryNodes {

	private final Map<NodeId, Instant> reports = new HashMap<>();

	void report(NodeId node, Instant now) {
		this.reports.put(node, now);
	}

	/** A node that never reported, or was removed, is silent too. */
	boolean silent(NodeId node, Instant since) {
		Instant reported = this.reports.get(node);
		return reported == null || !reported.isAfter(since);
	}

	void remove(NodeId node) {
		this.reports.remove(node);
	}

	void removeSilent(Instant since, Predicate<NodeId> idle) {
		this.reports.entrySet().removeIf((entry) -> !entry.getValue().isAfter(since) && idle.test(entry.getKey()));
	}

}
