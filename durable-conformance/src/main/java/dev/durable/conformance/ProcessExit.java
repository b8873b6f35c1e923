package dev.durable.conformance;

import java.util.concurrent.atomic.AtomicReference;

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

	private final AtomicReference<@Nullable MortalProcess> process = new AtomicReference<>();

	void enter(MortalProcess current) {
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
		return current().hasCrashed(execution);
	}

	private MortalProcess current() {
		MortalProcess current = this.process.get();
		if (current == null) {
			throw new IllegalStateException("No process runs handlers now");
		}
		return current;
	}

}
