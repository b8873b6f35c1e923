package dev.durable.lambda.emulator;

import java.nio.charset.StandardCharsets;

import dev.durable.CallbackAlreadyCompletedException;
import dev.durable.CallbackNotFoundException;
import dev.durable.DurableCallbacks;
import dev.durable.ErrorObject;

/**
 * What outsiders call to complete callbacks.
 *
 * @param callbacks the engine's callbacks
 */
record CallbacksApi(DurableCallbacks callbacks) {

	ApiResponse succeed(String id, ApiRequest request) {
		if (request.body().length > UpdateRules.MAX_PAYLOAD) {
			throw AwsException.invalid("'Result' has %d bytes but at most %d are allowed", request.body().length,
					UpdateRules.MAX_PAYLOAD);
		}
		String result = (request.body().length > 0) ? new String(request.body(), StandardCharsets.UTF_8) : null;
		return complete(() -> this.callbacks.succeed(CallbackIds.fromWire(id), result));
	}

	ApiResponse fail(String id, ApiRequest request) {
		if (request.body().length > UpdateRules.MAX_ERROR) {
			throw AwsException.invalid("'Error' has %d bytes but at most %d are allowed", request.body().length,
					UpdateRules.MAX_ERROR);
		}
		ErrorObject error = WireErrorCodec.read(request.optionalJson());
		return complete(() -> this.callbacks.fail(CallbackIds.fromWire(id), error));
	}

	ApiResponse heartbeat(String id) {
		return complete(() -> this.callbacks.heartbeat(CallbackIds.fromWire(id)));
	}

	private static ApiResponse complete(Runnable completion) {
		try {
			completion.run();
			return ApiResponse.ok(Json.object());
		}
		catch (CallbackNotFoundException ex) {
			throw AwsException.notFound("No callback has this id");
		}
		catch (CallbackAlreadyCompletedException ex) {
			throw new AwsException(AwsException.Kind.CALLBACK_TIMEOUT,
					"The callback has timed out or was completed before", ex);
		}
	}

}
