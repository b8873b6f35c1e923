package dev.durable.operation;

import java.time.Duration;

import dev.durable.DurableFuture;
import dev.durable.OperationRef;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import org.jspecify.annotations.Nullable;

/** A pause that holds no thread. */
public final class WaitOperation {

	/** AWS's bound. */
	private static final Duration MAX = Duration.ofSeconds(31_622_400);

	private final OperationRuntime runtime;

	private final OperationRef wait;

	/**
	 * Create the operation.
	 * @param runtime what operations share
	 * @param wait the operation
	 */
	public WaitOperation(OperationRuntime runtime, OperationRef wait) {
		this.runtime = runtime;
		this.wait = wait;
	}

	/**
	 * Check a duration.
	 * @param duration the duration
	 * @return the duration
	 * @throws IllegalArgumentException if it is out of range
	 */
	public static Duration check(Duration duration) {
		if (duration.isNegative() || duration.isZero() || duration.compareTo(MAX) > 0) {
			throw new IllegalArgumentException(
					"'duration' of a wait must be more than zero and at most %s (366 days) but was %s".formatted(MAX,
							duration));
		}
		return duration;
	}

	/**
	 * Start the pause, or find it started.
	 * @param duration its length
	 * @return its end
	 */
	public DurableFuture<@Nullable Void> execute(Duration duration) {
		if (this.runtime.journal().find(this.wait) == null) {
			this.runtime.enqueue(OperationUpdate.start(this.wait, new UpdateOptions.WaitFor(duration)));
		}
		return new RecordedFuture<>(this.runtime, this.wait.id(), (state) -> null);
	}

}
