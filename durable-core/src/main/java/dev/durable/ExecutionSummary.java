package dev.durable;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a list shows of an execution.
 *
 * @param id the execution
 * @param function its function and version
 * @param name its name, or {@code null}
 * @param status where it stands
 * @param startedAt when it was started
 * @param endedAt when it ended, or {@code null}
 * @param blockedReason why it cannot go on at present, or {@code null}
 */
public record ExecutionSummary(ExecutionId id, FunctionVersion function, @Nullable String name, ExecutionStatus status,
		Instant startedAt, @Nullable Instant endedAt, @Nullable String blockedReason) {

}
