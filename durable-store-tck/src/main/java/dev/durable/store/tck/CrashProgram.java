package dev.durable.store.tck;

import dev.durable.DurableContext;
import dev.durable.FunctionVersion;
import dev.durable.engine.FunctionDefinition;

/**
 * A small durable function that is crashed everywhere.
 *
 * @param name the function's name
 * @param deterministic whether payloads are the same in every run
 * @param body its code
 */
public record CrashProgram(String name, boolean deterministic, Body body) {

	static CrashProgram of(String name, Body body) {
		return new CrashProgram(name, true, body);
	}

	/**
	 * Return the function as one process has it.
	 * @param probe what its step bodies do in that process
	 * @return the function
	 */
	public FunctionDefinition function(Probe probe) {
		return new FunctionDefinition(new FunctionVersion(this.name, "1"), String.class, String.class, null,
				(context, input) -> this.body.run(context, probe));
	}

	/**
	 * Return whether it fails if heartbeats come late: where time really passes, it must
	 * pass slowly enough.
	 * @return whether it has timeouts that must not be over
	 */
	public boolean hasHeartbeats() {
		return this.name.equals(OutsidePrograms.HEARTBEATS);
	}

	@Override
	public String toString() {
		return this.name;
	}

	/** The code of a program. */
	@FunctionalInterface
	public interface Body {

		/**
		 * Run it.
		 * @param context whose operations it calls
		 * @param probe what its step bodies do
		 * @return its result
		 * @throws Exception if it fails, as some are meant to
		 */
		String run(DurableContext context, Probe probe) throws Exception;

	}

}
