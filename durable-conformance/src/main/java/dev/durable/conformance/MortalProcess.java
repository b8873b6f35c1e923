package dev.durable.conformance;

import dev.durable.ExecutionId;
import dev.durable.StepContext;

/** What runs a handler, and ends when the handler says so. */
interface MortalProcess {

	/** Crash once the start of a step is in the history; never returns. */
	Error crash(StepContext step);

	/** Return whether an invocation of an execution was lost before. */
	boolean hasCrashed(ExecutionId execution);

}
