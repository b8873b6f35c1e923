package dev.durable.lambda.emulator;

import java.time.Duration;

import dev.durable.ErrorObject;
import dev.durable.OperationId;
import dev.durable.OperationRef;
import dev.durable.OperationType;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationAction;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import org.jspecify.annotations.Nullable;

/**
 * Turns updates of callers, which are in order, into the engine's.
 *
 * @param functions the functions that can be invoked
 * @param errors writes errors
 * @param speed how fast time passes
 */
record UpdateTranslation(Functions functions, WireErrorCodec errors, Speed speed) {

	OperationUpdate translate(WireUpdate update, @Nullable OperationRef recorded) {
		OperationRef operation = (recorded != null) ? recorded
				: new OperationRef(new OperationId(update.id()),
						(update.parentId() != null) ? new OperationId(update.parentId()) : null, update.name(),
						UpdateRules.subType(update));
		if (update.type() == OperationType.CHAINED_INVOKE) {
			return invoke(update, operation);
		}
		return new OperationUpdate(operation, update.action(), payload(update), error(update), options(update));
	}

	@Nullable Payload payload(WireUpdate update) {
		return (update.payload() != null) ? Payload.ofText(update.payload()) : null;
	}

	@Nullable Payload error(WireUpdate update) {
		return (update.error() != null) ? this.errors.encode(WireErrorCodec.read(update.error())) : null;
	}

	private UpdateOptions options(WireUpdate update) {
		if (update.action() == OperationAction.RETRY) {
			return new UpdateOptions.RetryAfter(seconds(update, "StepOptions", "NextAttemptDelaySeconds"));
		}
		if (update.action() == OperationAction.SUCCEED && update.replaysChildren()) {
			return new UpdateOptions.ReplayChildren();
		}
		return switch (update.type()) {
			case WAIT -> (update.action() == OperationAction.START)
					? new UpdateOptions.WaitFor(seconds(update, "WaitOptions", "WaitSeconds")) : UpdateOptions.NONE;
			case CALLBACK -> new UpdateOptions.Timeouts(seconds(update, "CallbackOptions", "TimeoutSeconds"),
					seconds(update, "CallbackOptions", "HeartbeatTimeoutSeconds"));
			case EXECUTION, CONTEXT, STEP, CHAINED_INVOKE -> UpdateOptions.NONE;
		};
	}

	private Duration seconds(WireUpdate update, String options, String member) {
		Long seconds = update.option(options, member);
		return this.speed.shorten(Duration.ofSeconds((seconds != null) ? seconds : 0));
	}

	/** What cannot be invoked fails at once, which the caller's code can handle. */
	private OperationUpdate invoke(WireUpdate update, OperationRef operation) {
		if (update.action() == OperationAction.CANCEL) {
			throw AwsException.invalid("%s: the emulator cannot cancel a chained invoke; stop its execution instead",
					update);
		}
		FunctionName function = FunctionName.parse(update.textOption("ChainedInvokeOptions", "FunctionName"));
		if (!this.functions.has(function)) {
			return OperationUpdate.fail(operation, this.errors.encode(ErrorObject.of("ResourceNotFoundException",
					"Function not found: %s. The emulator has %s".formatted(function.name(), this.functions.names()))));
		}
		return new OperationUpdate(operation, OperationAction.START, payload(update), null,
				new UpdateOptions.Invoke(function.name(), update.textOption("ChainedInvokeOptions", "TenantId")));
	}

}
