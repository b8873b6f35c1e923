package dev.durable.lambda.emulator;

import java.util.List;

import dev.durable.ErrorObject;

/**
 * An invocation failed: its code threw, its process died, or it took too long. Where in
 * the emulator that was noticed tells nobody anything, so there is no stack trace.
 */
final class FunctionFailure extends Exception {

	private static final long serialVersionUID = 1L;

	private final transient ErrorObject error;

	FunctionFailure(ErrorObject error) {
		super("%s: %s".formatted(error.errorType(), error.errorMessage()), null, false, false);
		this.error = error;
	}

	static FunctionFailure of(String type, String message) {
		return new FunctionFailure(new ErrorObject(type, message, null, List.of()));
	}

	/** As Lambda words the death of a process. */
	static FunctionFailure exited(String requestId, String how) {
		return of("Runtime.ExitError", "RequestId: %s Error: Runtime exited with error: %s".formatted(requestId, how));
	}

	static FunctionFailure timedOut(FunctionCall call) {
		return of("Sandbox.Timedout", "RequestId: %s Error: Task timed out after %d.00 seconds"
			.formatted(call.requestId(), call.function().timeout().toSeconds()));
	}

	ErrorObject error() {
		return this.error;
	}

}
