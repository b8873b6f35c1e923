package dev.durable.lambda;

import java.util.Locale;

import dev.durable.CallbackAlreadyCompletedException;
import dev.durable.CallbackNotFoundException;
import dev.durable.DurableCallbacks;
import dev.durable.ErrorObject;
import dev.durable.operation.Payloads;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CallbackTimeoutException;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Completes callbacks at the service. */
final class ServiceCallbacks implements DurableCallbacks {

	private final ServiceCalls service;

	private final Payloads payloads;

	ServiceCallbacks(ServiceCalls service, Payloads payloads) {
		this.service = service;
		this.payloads = payloads;
	}

	@Override
	public void succeed(String callbackId, @Nullable Object result) {
		SdkBytes payload = (result != null) ? SdkBytes.fromUtf8String(
				WireText.write(this.payloads.encode("The result of a callback", result, Object.class))) : null;
		call("SendDurableExecutionCallbackSuccess", (client) -> client
			.sendDurableExecutionCallbackSuccess((request) -> request.callbackId(callbackId).result(payload)));
	}

	@Override
	public void fail(String callbackId, ErrorObject error) {
		call("SendDurableExecutionCallbackFailure", (client) -> client.sendDurableExecutionCallbackFailure(
				(request) -> request.callbackId(callbackId).error(WireErrors.write(error))));
	}

	@Override
	public void heartbeat(String callbackId) {
		call("SendDurableExecutionCallbackHeartbeat",
				(client) -> client.sendDurableExecutionCallbackHeartbeat((request) -> request.callbackId(callbackId)));
	}

	private void call(String operation, Completion completion) {
		this.service.call(operation, (client) -> {
			try {
				return completion.send(client);
			}
			catch (ResourceNotFoundException ex) {
				throw new CallbackNotFoundException();
			}
			catch (CallbackTimeoutException ex) {
				throw new CallbackAlreadyCompletedException("TIMED_OUT");
			}
			catch (ResourceConflictException ex) {
				throw new CallbackAlreadyCompletedException("before");
			}
			catch (InvalidParameterValueException ex) {
				throw invalid(ex);
			}
		});
	}

	/** One kind of error for an id that is no id and for a callback that has ended. */
	private static RuntimeException invalid(InvalidParameterValueException ex) {
		String message = String.valueOf(ex.getMessage()).toLowerCase(Locale.ROOT);
		boolean ended = message.contains("already") || message.contains("complete") || message.contains("closed");
		return ended ? new CallbackAlreadyCompletedException("before") : new CallbackNotFoundException();
	}

	@FunctionalInterface
	private interface Completion {

		Object send(LambdaClient client);

	}

}
