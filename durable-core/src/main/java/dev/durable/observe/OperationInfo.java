package dev.durable.observe;

import java.time.Instant;

import dev.durable.ErrorObject;
import dev.durable.ExecutionId;
import dev.durable.OperationRef;
import dev.durable.OperationStatus;
import org.jspecify.annotations.Nullable;

/**
 * An operation as listeners see it.
 *
 * @param execution its execution
 * @param operation its id, parent, name and subtype
 * @param status where it stands
 * @param attempt the attempt that was started last, from 1; zero if it has no attempts
 * @param startedAt when its first event was recorded
 * @param endedAt when its last one was, if it has ended, else {@code null}
 * @param result its result as it is recorded, which a codec may have encrypted;
 * {@code null} if it has none, and if it is kept apart from the history
 * @param error its error, or that of its last attempt, or {@code null}
 * @param replayed whether an earlier invocation recorded it
 */
public record OperationInfo(ExecutionId execution, OperationRef operation, OperationStatus status, int attempt,
		Instant startedAt, @Nullable Instant endedAt, @Nullable String result, @Nullable ErrorObject error,
		boolean replayed) {

	/** Tell the operation and where it stands, but not its result. */
	@Override
	public String toString() {
		return "%s of execution '%s': %s".formatted(this.operation, this.execution, this.status);
	}

}
