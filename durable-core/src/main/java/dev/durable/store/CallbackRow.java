package dev.durable.store;

import java.time.Duration;
import java.time.Instant;

import dev.durable.ExecutionId;
import dev.durable.OperationId;
import dev.durable.codec.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A callback as outsiders see it.
 *
 * @param key how it is looked up and who may complete it
 * @param execution the execution that waits for it
 * @param operation its operation there
 * @param deadlines when it times out
 * @param outcome where it stands
 */
public record CallbackRow(Key key, ExecutionId execution, OperationId operation, Deadlines deadlines, Outcome outcome) {

	/**
	 * The two parts of a callback id.
	 *
	 * @param lookup the public part, at most 64 characters
	 * @param secretHash hash of the secret part, at most 64 characters
	 */
	public record Key(String lookup, String secretHash) {

	}

	/**
	 * When a callback times out.
	 *
	 * @param timeoutAt its overall deadline, or {@code null}
	 * @param heartbeatTimeout how long a heartbeat lasts, or {@code null}
	 * @param heartbeatAt when the present heartbeat runs out, or {@code null}
	 */
	public record Deadlines(@Nullable Instant timeoutAt, @Nullable Duration heartbeatTimeout,
			@Nullable Instant heartbeatAt) {

	}

	/**
	 * Where a callback stands.
	 *
	 * @param state the state
	 * @param payload the delivered result, or {@code null}
	 * @param error the reported error, or {@code null}
	 */
	public record Outcome(CallbackState state, @Nullable Payload payload, @Nullable Payload error) {

		/** Waiting. */
		public static final Outcome PENDING = new Outcome(CallbackState.PENDING, null, null);

	}

}
