package dev.durable.store.jdbc;

import java.util.Set;

import dev.durable.store.ClaimRequest;
import dev.durable.store.NodeId;

/** What tests claim. */
final class Claims {

	private Claims() {
	}

	static ClaimRequest request(int limit) {
		return new ClaimRequest(new NodeId("claimer"), Set.of(Samples.FUNCTION), Samples.NOW, limit);
	}

}
