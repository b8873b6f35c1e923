package dev.durable.journal;

import java.time.Instant;

import dev.durable.OperationRef;
import dev.durable.OperationStatus;
import dev.durable.codec.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of an operation.
 *
 * @param operation the operation
 * @param status where it stands
 * @param attempt the attempt that was started last, from 1; zero if it has no attempts
 * @param payload its encoded result; the last state of a condition that is waited for
 * @param error its encoded error, or {@code null}
 * @param facts the rest
 */
public record OperationState(OperationRef operation, OperationStatus status, int attempt, @Nullable Payload payload,
		@Nullable Payload error, Facts facts) {

	/**
	 * Facts that the recorder assigned.
	 *
	 * @param position where the operation's first event stands; zero where the host has
	 * no positions
	 * @param lastPosition where its last event stands; zero likewise
	 * @param startedAt when its first event was recorded
	 * @param changedAt when its last event was recorded
	 * @param callbackId the encoded id of a callback, or {@code null}
	 * @param dueAt when it goes on or times out by itself, by the recorder's clock, or
	 * {@code null}
	 * @param replayChildren whether its result must be rebuilt from its children
	 */
	public record Facts(long position, long lastPosition, Instant startedAt, Instant changedAt,
			@Nullable Payload callbackId, @Nullable Instant dueAt, boolean replayChildren) {

	}

	/**
	 * Return this state with another status.
	 * @param status the status
	 * @return the state
	 */
	public OperationState withStatus(OperationStatus status) {
		return new OperationState(this.operation, status, this.attempt, this.payload, this.error, this.facts);
	}

}
