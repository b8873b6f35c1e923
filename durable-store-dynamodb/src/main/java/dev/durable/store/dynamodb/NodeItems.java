package dev.durable.store.dynamodb;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.durable.store.NodeId;

/**
 * When each node last reported.
 *
 * @param table where
 */
record NodeItems(Table table) {

	/** Report, and return what time it is there, to the second, if that is told. */
	Optional<Instant> heartbeat(NodeId node, Instant now) {
		return Table.await(this.table.putTimed(Item.at(Keys.node(node)).with(Attributes.AT, now)));
	}

	Set<NodeId> alive(Instant silentSince) {
		return reports().stream()
			.filter((report) -> time(report).isAfter(silentSince))
			.map(NodeItems::node)
			.collect(Collectors.toSet());
	}

	/** Remove nodes silent since a time, but for one that reports just now. */
	void removeSilent(Instant silentSince, Predicate<NodeId> idle) {
		for (Item report : reports()) {
			if (!time(report).isAfter(silentSince) && idle.test(node(report))) {
				Table.await(
						this.table.deleteIf(report.key(), Condition.equal(Attributes.AT, time(report).toEpochMilli())));
			}
		}
	}

	void remove(NodeId node) {
		Table.await(this.table.delete(Keys.node(node)));
	}

	private List<Item> reports() {
		return this.table.query(Query.eventual(Keys.all(Keys.NODES)));
	}

	private static Instant time(Item report) {
		return Objects.requireNonNull(report.time(Attributes.AT));
	}

	private static NodeId node(Item report) {
		return new NodeId(report.key().sort());
	}

}
