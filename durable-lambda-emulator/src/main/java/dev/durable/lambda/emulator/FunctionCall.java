package dev.durable.lambda.emulator;

/**
 * One invocation as a function's process sees it.
 *
 * @param function the function
 * @param name its name
 * @param requestId what tells the invocation from others
 * @param event what the function is given
 */
record FunctionCall(EmulatedFunction function, String name, String requestId, byte[] event) {

	String functionArn() {
		return ExecutionArn.function(this.name, EmulatedFunction.VERSION);
	}

}
