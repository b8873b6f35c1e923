package dev.durable.lambda.emulator;

import java.util.Set;

import dev.durable.OperationSubType;
import dev.durable.OperationType;
import dev.durable.journal.OperationAction;
import org.jspecify.annotations.Nullable;

/** What must hold for an update by itself, whatever was recorded before. */
final class UpdateRules {

	/** The service says so of steps; other operations keep to it too. */
	static final int MAX_PAYLOAD = 262_144;

	static final int MAX_INVOKE_INPUT = 1_048_576;

	/** The largest field of the API. */
	static final int MAX_RESULT = 6_291_456;

	static final int MAX_ERROR = 32_768;

	private static final long MAX_SECONDS = 31_622_400;

	private static final long MAX_CALLBACK_SECONDS = 99_999_999;

	private UpdateRules() {
	}

	static void check(WireUpdate update) {
		checkNames(update);
		checkAction(update);
		checkSubType(update);
		checkOutcome(update);
		checkSizes(update);
		checkOptions(update);
	}

	private static void checkNames(WireUpdate update) {
		matches("Id", update.id(), "[a-zA-Z0-9_-]{1,64}", "1 to 64 of [a-zA-Z0-9-_]");
		matches("ParentId", update.parentId(), "[a-zA-Z0-9_-]{1,64}", "1 to 64 of [a-zA-Z0-9-_]");
		matches("Name", update.name(), "[\\x20-\\x7E]{1,256}", "1 to 256 printable ASCII characters");
		matches("SubType", update.subType(), "[a-zA-Z0-9_-]{1,32}", "1 to 32 of [a-zA-Z0-9-_]");
		matches("TenantId", update.textOption("ChainedInvokeOptions", "TenantId"), "[a-zA-Z0-9._:/=+@ -]{1,256}",
				"1 to 256 of [a-zA-Z0-9._:/=+-@ ]");
	}

	private static void matches(String member, @Nullable String value, String pattern, String words) {
		if (value != null && !value.matches(pattern)) {
			throw AwsException.invalid("'%s' of an operation update must be %s", member, words);
		}
	}

	private static void checkAction(WireUpdate update) {
		if (!allowed(update.type()).contains(update.action())) {
			throw AwsException.invalid("%s: the action is not allowed for the operation's type", update);
		}
	}

	private static Set<OperationAction> allowed(OperationType type) {
		return switch (type) {
			case EXECUTION -> Set.of(OperationAction.SUCCEED, OperationAction.FAIL);
			case CONTEXT -> Set.of(OperationAction.START, OperationAction.SUCCEED, OperationAction.FAIL);
			case STEP ->
				Set.of(OperationAction.START, OperationAction.SUCCEED, OperationAction.FAIL, OperationAction.RETRY);
			case WAIT, CHAINED_INVOKE -> Set.of(OperationAction.START, OperationAction.CANCEL);
			case CALLBACK -> Set.of(OperationAction.START);
		};
	}

	private static void checkSubType(WireUpdate update) {
		if (update.type() != OperationType.EXECUTION && update.subType() != null
				&& subType(update).type() != update.type()) {
			throw AwsException.invalid("%s: the subtype belongs to another type of operation", update);
		}
	}

	/**
	 * An operation's subtype; a caller that knows none means the plain one of its type.
	 */
	static OperationSubType subType(WireUpdate update) {
		String text = update.subType();
		if (text == null) {
			return switch (update.type()) {
				case STEP -> OperationSubType.STEP;
				case WAIT -> OperationSubType.WAIT;
				case CALLBACK -> OperationSubType.CALLBACK;
				case CHAINED_INVOKE -> OperationSubType.CHAINED_INVOKE;
				case CONTEXT -> OperationSubType.RUN_IN_CHILD_CONTEXT;
				case EXECUTION -> throw new IllegalStateException("An execution has no subtype");
			};
		}
		try {
			return OperationSubType.of(text);
		}
		catch (IllegalArgumentException ex) {
			throw AwsException.invalid("%s: the subtype is not known", update);
		}
	}

	private static void checkOutcome(WireUpdate update) {
		boolean error = update.error() != null;
		boolean payload = update.payload() != null;
		if (update.action() == OperationAction.SUCCEED && error) {
			throw AwsException.invalid("%s: what succeeds cannot have an Error", update);
		}
		if (update.action() == OperationAction.FAIL && payload) {
			throw AwsException.invalid("%s: what fails cannot have a Payload", update);
		}
		if (update.action() == OperationAction.RETRY && error && payload) {
			throw AwsException.invalid("%s: a retry cannot have both an Error and a Payload", update);
		}
	}

	private static void checkSizes(WireUpdate update) {
		int largest = switch (update.type()) {
			case EXECUTION -> MAX_RESULT;
			case CHAINED_INVOKE -> MAX_INVOKE_INPUT;
			case CONTEXT, STEP, WAIT, CALLBACK -> MAX_PAYLOAD;
		};
		if (update.payloadBytes() > largest) {
			throw AwsException.invalid("%s: the payload has %d bytes but at most %d are allowed", update,
					update.payloadBytes(), largest);
		}
		if (update.errorBytes() > MAX_ERROR) {
			throw AwsException.invalid("%s: the error has %d bytes but at most %d are allowed", update,
					update.errorBytes(), MAX_ERROR);
		}
	}

	private static void checkOptions(WireUpdate update) {
		if (update.action() == OperationAction.RETRY) {
			within(update, "StepOptions", "NextAttemptDelaySeconds", true, 1, MAX_SECONDS);
		}
		if (update.action() != OperationAction.START) {
			return;
		}
		switch (update.type()) {
			case WAIT -> within(update, "WaitOptions", "WaitSeconds", true, 1, MAX_SECONDS);
			case CALLBACK -> {
				within(update, "CallbackOptions", "TimeoutSeconds", false, 0, MAX_CALLBACK_SECONDS);
				within(update, "CallbackOptions", "HeartbeatTimeoutSeconds", false, 0, MAX_CALLBACK_SECONDS);
			}
			case CHAINED_INVOKE -> {
				String function = update.textOption("ChainedInvokeOptions", "FunctionName");
				if (function == null) {
					throw AwsException.invalid("%s: ChainedInvokeOptions.FunctionName is missing", update);
				}
				FunctionName.parse(function);
			}
			case EXECUTION, CONTEXT, STEP -> {
			}
		}
	}

	private static void within(WireUpdate update, String options, String member, boolean required, long least,
			long most) {
		Long value = update.option(options, member);
		if (value == null && required) {
			throw AwsException.invalid("%s: %s.%s is missing", update, options, member);
		}
		if (value != null && (value < least || value > most)) {
			throw AwsException.invalid("%s: %s.%s must be from %d to %d but was %d", update, options, member, least,
					most, value);
		}
	}

}
