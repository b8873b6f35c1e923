package dev.durable.observe;

import java.time.Instant;

import dev.durable.ExecutionId;
import dev.durable.OperationRef;
import org.jspecify.annotations.Nullable;

/**
 * One run of the code of a step, a check or a context, as listeners see it.
 *
 * @param execution its execution
 * @param operation the operation that the code belongs to
 * @param attempt the number of the attempt, from 1; always 1 for contexts
 * @param startedAt when the code began
 * @param endedAt when it returned or threw; {@code null} when it begins
 * @param replayed whether an earlier invocation recorded the operation
 * @param replayingChildren whether it is a context whose code runs again so that its
 * operations are replayed
 * @param error what the code threw, or {@code null}
 */
public record AttemptInfo(ExecutionId execution, OperationRef operation, int attempt, Instant startedAt,
		@Nullable Instant endedAt, boolean replayed, boolean replayingChildren, @Nullable Throwable error) {

	/**
	 * Return whether the code has returned.
	 * @return {@code false} if it has thrown, or has not ended
	 */
	public boolean succeeded() {
		return this.endedAt != null && this.error == null;
	}

}
