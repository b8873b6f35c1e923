package dev.durable.lambda.crash;

import dev.durable.ExecutionId;
import dev.durable.lambda.emulator.EmulatedFunction;

/** Where functions run. */
interface Platform {

	/** What runs the functions of an emulator that is about to start. */
	EmulatedFunction.Code code(EmulatedLambda lambda);

	/** Where processes write to, if there are any. */
	default ProcessBuilder.Redirect output() {
		return ProcessBuilder.Redirect.DISCARD;
	}

	/** The process that runs an execution is about to die. */
	void dies(ExecutionId execution);

}
