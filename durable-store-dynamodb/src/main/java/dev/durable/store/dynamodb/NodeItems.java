package dev.durable.store.dynamodb;

import java.time.Instant;
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
		return nodes((reported) -> reported.isAfter(silentSince));
	}

	Set<NodeId> silent(Instant silentSince) {
		return nodes((reported) -> !reported.isAfter(silentSince));
	}

	void remove(NodeId node) {
		Table.await(this.table.delete(Keys.node(node)));
	}

	private Set<NodeId> nodes(Predicate<Instant> reported) {
		return this.table.query(Query.eventual(Keys.all(Keys.NODES)))
			.stream()
			.filter((item) -> Optional.ofNullable(item.time(Attributes.AT)).filter(reported).isPresent())
			.map((item) -> new NodeId(item.key().sort()))
			.collect(Collectors.toSet());
	}

}
