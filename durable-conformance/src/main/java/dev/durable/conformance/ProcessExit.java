package dev.durable.conformance;

import java.util.concurrent.atomic.AtomicReference;

import dev.durable.EventType;
import dev.durable.ExecutionId;
import dev.durable.StepContext;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Ends the process that runs a handler, as a crash would: nothing is written any more.
 * Thread-safe.
 */
@Component
public final class ProcessExit {

	private final AtomicReference<@Nullable EngineProcess> process = new AtomicReference<>();

	void enter(EngineProcess current) {
		this.process.set(current);
	}

	/**
	 * Crash once the start of a step is in the history.
	 * @param step the running attempt
	 * @return never
	 */
	public Error crash(StepContext step) {
		return current().crash(step);
	}

	/**
	 * Return whether an invocation of an execution was lost before.
	 * @param execution the execution
	 * @return whether the history has one that ended with an error
	 */
	public boolean hasCrashed(ExecutionId execution) {
		return current().history(execution)
			.stream()
			.anyMatch((event) -> event.type() == EventType.INVOCATION_COMPLETED && event.content().error() != null);
	}

	private EngineProcess current() {
		EngineProcess current = this.process.get();
		if (current == null) {
			throw new IllegalStateException("No process runs handlers now");
		}
		return current;
	}

}
