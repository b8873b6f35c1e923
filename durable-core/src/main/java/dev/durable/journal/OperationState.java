package dev.durable.journal;

import java.time.Instant;
import java.util.Comparator;

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

	/** By their last events; by time where the host has no positions. */
	public static final Comparator<OperationState> IN_ORDER_OF_CHANGE = Comparator
		.<OperationState>comparingLong((state) -> state.facts().lastPosition())
		.thenComparing((state) -> state.facts().changedAt());

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
	 * Return whether the host's histories have positions.
	 * @return whether this operation has one
	 */
	public boolean hasPosition() {
		return this.facts.position() > 0;
	}

	/**
	 * Tell where the operation's first event stands, as messages name it.
	 * @return the place
	 */
	public String place() {
		return place(this.facts.position());
	}

	/**
	 * Tell where the operation's last event stands, as messages name it.
	 * @return the place
	 */
	public String lastPlace() {
		return place(this.facts.lastPosition());
	}

	private static String place(long position) {
		return (position > 0) ? "position %d of the history".formatted(position) : "the history";
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
