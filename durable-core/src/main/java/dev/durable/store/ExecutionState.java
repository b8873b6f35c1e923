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
 * @param expiresAt from when on it may be removed; {@code null} before its end, and for
 * never
 */
public record ExecutionState(ExecutionStatus status, @Nullable NodeId node, @Nullable Instant wakeAt, int failures,
		@Nullable String blockedReason, @Nullable Instant endedAt, @Nullable Instant expiresAt) {

	public ExecutionState {
		if (node != null && (wakeAt != null || status.isTerminal())) {
			throw new IllegalArgumentException("An owned execution must be running and have no wake-up");
		}
		if (expiresAt != null && !status.isTerminal()) {
			throw new IllegalArgumentException("An execution must end before it expires");
		}
	}

	/**
	 * Create the state of an execution that nobody works on and that has not ended.
	 * @param wakeAt when it becomes due, or {@code null} if only a signal can wake it
	 * @param failures the failed invocations so far
	 * @param blockedReason why it cannot go on, or {@code null}
	 * @return the state
	 */
	public static ExecutionState postponed(@Nullable Instant wakeAt, int failures, @Nullable String blockedReason) {
		return new ExecutionState(ExecutionStatus.RUNNING, null, wakeAt, failures, blockedReason, null, null);
	}

	/**
	 * Return the state of an execution that a node works on.
	 * @param node the node
	 * @param failures the failed invocations so far
	 * @return the state
	 */
	public static ExecutionState owned(NodeId node, int failures) {
		return new ExecutionState(ExecutionStatus.RUNNING, node, null, failures, null, null, null);
	}

	/**
	 * Return the state of an execution that nobody works on.
	 * @param wakeAt when it becomes due, or {@code null} if only a signal can wake it
	 * @return the state
	 */
	public static ExecutionState sleeping(@Nullable Instant wakeAt) {
		return postponed(wakeAt, 0, null);
	}

	/**
	 * Return the state of an execution that ended.
	 * @param status a terminal status
	 * @param endedAt when
	 * @param expiresAt from when on it may be removed; {@code null} for never
	 * @return the state
	 */
	public static ExecutionState ended(ExecutionStatus status, Instant endedAt, @Nullable Instant expiresAt) {
		return new ExecutionState(status, null, null, 0, null, endedAt, expiresAt);
	}

	/**
	 * Return this state as a claim leaves it.
	 * @param node the node that works on it now, or {@code null} for none
	 * @param wakeAt when it becomes due, or {@code null}
	 * @return the state
	 */
	public ExecutionState with(@Nullable NodeId node, @Nullable Instant wakeAt) {
		return new ExecutionState(this.status, node, wakeAt, this.failures, this.blockedReason, this.endedAt,
				this.expiresAt);
	}

}
