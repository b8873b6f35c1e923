package dev.durable.lambda;

import java.time.Instant;

import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationStatus;
import dev.durable.OperationSubType;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;

/** Operations of which polls hear. */
final class PendingOperations {

	private final KnownOperations known;

	private final Polls polls;

	PendingOperations(KnownOperations known, Polls polls) {
		this.known = known;
		this.polls = polls;
	}

	void context(String name, OperationStatus status) {
		put(name, null, OperationSubType.PARALLEL, status, null);
	}

	void callback(String name, String parent) {
		put(name, parent, OperationSubType.CALLBACK, OperationStatus.STARTED, null);
	}

	void waiting(String name, Instant until) {
		put(name, null, OperationSubType.WAIT, OperationStatus.STARTED, until);
	}

	private void put(String name, @Nullable String parent, OperationSubType subType, OperationStatus status,
			@Nullable Instant dueAt) {
		OperationState state = new OperationState(
				new OperationRef(new OperationId(name), (parent != null) ? new OperationId(parent) : null, name,
						subType),
				status, 0, null, null,
				new OperationState.Facts(0, 0, HandTime.START, HandTime.START, null, dueAt, false));
		this.known.put(state);
		this.polls.changed(state, HandTime.START);
	}

}
