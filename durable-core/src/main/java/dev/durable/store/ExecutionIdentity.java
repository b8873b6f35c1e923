package dev.durable.store;

import java.time.Instant;

import dev.durable.ExecutionId;
import dev.durable.FunctionVersion;
import org.jspecify.annotations.Nullable;

/**
 * What never changes about an execution.
 *
 * @param id its id
 * @param function the code it is pinned to
 * @param name its name of at most 64 characters, or {@code null}
 * @param parent the chained invoke that started it, or {@code null}
 * @param inputDigest keyed digest of the encoded input, at most 64 characters
 * @param startedAt when it was started, by the store's clock, to the millisecond
 * @param timeoutAt when it times out, or {@code null} for never
 */
public record ExecutionIdentity(ExecutionId id, FunctionVersion function, @Nullable String name,
		@Nullable ParentLink parent, String inputDigest, Instant startedAt, @Nullable Instant timeoutAt) {

}
