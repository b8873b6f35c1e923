package dev.durable.lambda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.durable.OperationId;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.OperationAction;
import tools.jackson.databind.node.ObjectNode;

/**
 * Updates that go out together. Each operation is updated once, but that one may start
 * and end: a step or a context, as no other ends by an update.
 */
final class UpdateBatch {

	private final LambdaSettings.Checkpoints limits;

	private final List<ObjectNode> updates = new ArrayList<>();

	private final Map<OperationId, OperationAction> actions = new HashMap<>();

	private int bytes;

	UpdateBatch(LambdaSettings.Checkpoints limits) {
		this.limits = limits;
	}

	/** Add an update if it fits; the first one always does. */
	boolean add(UpdateWriter.Written written) {
		if (!this.updates.isEmpty() && !fits(written)) {
			return false;
		}
		this.updates.add(written.json());
		this.actions.put(written.update().operation().id(), written.update().action());
		this.bytes += written.bytes();
		return true;
	}

	private boolean fits(UpdateWriter.Written written) {
		return this.updates.size() < this.limits.maxUpdates() && this.bytes + written.bytes() <= this.limits.maxBytes()
				&& mayFollow(written.update());
	}

	private boolean mayFollow(OperationUpdate update) {
		OperationAction former = this.actions.get(update.operation().id());
		return former == null || (former == OperationAction.START && update.action() != OperationAction.START);
	}

	List<ObjectNode> updates() {
		return this.updates;
	}

}
