package dev.durable.operation;

import dev.durable.OperationId;
import dev.durable.OperationStatus;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;

/** Counts the attempts of one step, and waits for the time of the next. */
final class Attempts {

	private final OperationRuntime runtime;

	private final OperationId step;

	Attempts(OperationRuntime runtime, OperationId step) {
		this.runtime = runtime;
		this.step = step;
	}

	/** Which attempt runs now, or has ended last. */
	static int number(@Nullable OperationState recorded) {
		if (recorded == null) {
			return 1;
		}
		return (recorded.status() == OperationStatus.READY) ? recorded.attempt() + 1 : recorded.attempt();
	}

	/** Wait until the attempt after this one is due. */
	@Nullable OperationState awaitNext(int ended) {
		this.runtime.threads().await(this.step, () -> isDue(ended));
		return this.runtime.journal().state(this.step);
	}

	/** The journal may still show the former attempt, whose retry was due as well. */
	private boolean isDue(int ended) {
		OperationState state = this.runtime.journal().state(this.step);
		return state != null && state.status() == OperationStatus.READY && state.attempt() == ended;
	}

}
