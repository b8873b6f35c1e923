package dev.durable.lambda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.services.lambda.model.OperationAction;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;

/**
 * Updates that go out together. Each operation is updated once, but that a step or a
 * context may start and end.
 */
final class UpdateBatch {

	private final LambdaSettings.Checkpoints limits;

	private final List<OperationUpdate> updates = new ArrayList<>();

	private final Map<String, OperationAction> actions = new HashMap<>();

	private int bytes;

	UpdateBatch(LambdaSettings.Checkpoints limits) {
		this.limits = limits;
	}

	/** Add an update if it fits; the first one always does. */
	boolean add(UpdateWriter.Written written) {
		if (!this.updates.isEmpty() && !fits(written)) {
			return false;
		}
		this.updates.add(written.update());
		this.actions.put(written.update().id(), written.update().action());
		this.bytes += written.bytes();
		return true;
	}

	private boolean fits(UpdateWriter.Written written) {
		return this.updates.size() < this.limits.maxUpdates() && this.bytes + written.bytes() <= this.limits.maxBytes()
				&& mayFollow(written.update());
	}

	private boolean mayFollow(OperationUpdate update) {
		OperationAction former = this.actions.get(update.id());
		return former == null || (former == OperationAction.START && update.action() != OperationAction.START
				&& (update.type() == OperationType.STEP || update.type() == OperationType.CONTEXT));
	}

	List<OperationUpdate> updates() {
		return this.updates;
	}

}
