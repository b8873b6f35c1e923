package dev.durable.lambda.crash;

import dev.durable.DurableCallbacks;
import dev.durable.ErrorObject;
import dev.durable.codec.JacksonPayloadCodec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * Completes callbacks through the service's API.
 *
 * @param client calls it
 */
record SdkCallbacks(LambdaClient client) implements DurableCallbacks {

	@Override
	public void succeed(String callbackId, @Nullable Object result) {
		byte[] bytes = new JacksonPayloadCodec().encode(result, Object.class).bytes();
		this.client.sendDurableExecutionCallbackSuccess(
				(request) -> request.callbackId(callbackId).result(SdkBytes.fromByteArray(bytes)));
	}

	@Override
	public void fail(String callbackId, ErrorObject error) {
		this.client.sendDurableExecutionCallbackFailure((request) -> request.callbackId(callbackId)
			.error((sent) -> sent.errorType(error.errorType()).errorMessage(error.errorMessage())));
	}

	@Override
	public void heartbeat(String callbackId) {
		this.client.sendDurableExecutionCallbackHeartbeat((request) -> request.callbackId(callbackId));
	}

}
