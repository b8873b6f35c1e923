package dev.durable.conformance;

import dev.durable.CallbackAlreadyCompletedException;
import dev.durable.DurableCallbacks;
import dev.durable.ErrorObject;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CallbackTimeoutException;

/**
 * Completes callbacks as an outsider does: results are JSON, and no result is none.
 *
 * @param client the service
 */
record LambdaCallbacks(LambdaClient client) implements DurableCallbacks {

	@Override
	public void succeed(String callbackId, @Nullable Object result) {
		SdkBytes json = (result != null) ? SdkBytes.fromUtf8String(Json.tree(result).toString()) : null;
		complete(() -> this.client
			.sendDurableExecutionCallbackSuccess((request) -> request.callbackId(callbackId).result(json)));
	}

	@Override
	public void fail(String callbackId, ErrorObject error) {
		complete(() -> this.client.sendDurableExecutionCallbackFailure((request) -> request.callbackId(callbackId)
			.error((wire) -> wire.errorType(error.errorType()).errorMessage(error.errorMessage()))));
	}

	@Override
	public void heartbeat(String callbackId) {
		complete(() -> this.client.sendDurableExecutionCallbackHeartbeat((request) -> request.callbackId(callbackId)));
	}

	private static void complete(Runnable call) {
		try {
			call.run();
		}
		catch (CallbackTimeoutException ex) {
			throw new CallbackAlreadyCompletedException("(%s)".formatted(ex.getMessage()));
		}
	}

}
