package dev.durable.store;

import java.time.Instant;

import dev.durable.ExecutionStatus;
import org.jspecify.annotations.Nullable;

/**
 * What changes about an execution outside its journal. The journal decides; this only
 * says who works on it and when to look again.
 *
 * @param status where it stands
 * @param node the node that works on it, or {@code null} for none
 * @param wakeAt when it becomes due; {@code null} while a node works on it, after its
 * end, and when only a signal can wake it
 * @param failures invocations that failed for infrastructure reasons since the last one
 * that did not
 * @param blockedReason why it cannot go on with the present code, or {@code null}
 * @param endedAt when it ended, or {@code null}
 */
public record ExecutionState(ExecutionStatus status, @Nullable NodeId node, @Nullable Instant wakeAt, int failures,
		@Nullable String blockedReason, @Nullable Instant endedAt) {

	public ExecutionState {
		if (node != null && (wakeAt != null || status.isTerminal())) {
			throw new IllegalArgumentException("An owned execution must be running and have no wake-up");
		}
	}

	/**
	 * Return the state of an execution that a node works on.
	 * @param node the node
	 * @param failures the failed invocations so far
	 * @return the state
	 */
	public static ExecutionState owned(NodeId node, int failures) {
		return new ExecutionState(ExecutionStatus.RUNNING, node, null, failures, null, null);
	}

	/**
	 * Return the state of an execution that nobody works on.
	 * @param wakeAt when it becomes due, or {@code null} if only a signal can wake it
	 * @return the state
	 */
	public static ExecutionState sleeping(@Nullable Instant wakeAt) {
		return new ExecutionState(ExecutionStatus.RUNNING, null, wakeAt, 0, null, null);
	}

	/**
	 * Return the state of an execution that ended.
	 * @param status a terminal status
	 * @param endedAt when
	 * @return the state
	 */
	public static ExecutionState ended(ExecutionStatus status, Instant endedAt) {
		return new ExecutionState(status, null, null, 0, null, endedAt);
	}

}
