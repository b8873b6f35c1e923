package dev.durable.embedded;

import java.util.UUID;

import dev.durable.store.NodeId;

/**
 * Who this node is: another one after each start, so that processes which were restored
 * from one snapshot are not taken for each other. Thread-safe.
 */
final class NodeIdentity {

	private volatile NodeId current = random();

	NodeId current() {
		return this.current;
	}

	void renew() {
		this.current = random();
	}

	private static NodeId random() {
		return new NodeId(UUID.randomUUID().toString());
	}

}
