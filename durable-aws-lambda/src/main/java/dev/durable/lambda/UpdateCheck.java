package dev.durable.lambda;

import java.time.Duration;

import dev.durable.OperationRef;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadCodecException;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what the service would refuse, on the thread that asks for it. Names and ids
 * are checked where they are made.
 */
final class UpdateCheck {

	/** AWS's bound for waits and delays: 366 days. */
	private static final long MAX_SECONDS = 31_622_400;

	private static final long MAX_CALLBACK_SECONDS = 99_999_999;

	private static final int MAX_FUNCTION = 170;

	private static final int MAX_TENANT = 256;

	private final int maxPayload;

	/**
	 * Create the check.
	 * @param maxPayload the largest payload of one operation in bytes
	 */
	UpdateCheck(int maxPayload) {
		this.maxPayload = maxPayload;
	}

	/**
	 * Check an update.
	 * @throws IllegalArgumentException if a number or a text is out of range
	 * @throws PayloadCodecException if the input of an invoked function is too large
	 */
	void check(OperationUpdate update) {
		OperationRef operation = update.operation();
		if (update.options() instanceof UpdateOptions.WaitFor wait) {
			seconds(operation, "duration", wait.duration(), MAX_SECONDS);
		}
		else if (update.options() instanceof UpdateOptions.RetryAfter retry) {
			seconds(operation, "delay", retry.delay(), MAX_SECONDS);
		}
		else if (update.options() instanceof UpdateOptions.Timeouts timeouts) {
			seconds(operation, "timeout", timeouts.timeout(), MAX_CALLBACK_SECONDS);
			seconds(operation, "heartbeatTimeout", timeouts.heartbeatTimeout(), MAX_CALLBACK_SECONDS);
		}
		else if (update.options() instanceof UpdateOptions.Invoke invoke) {
			length(operation, "function", invoke.function(), MAX_FUNCTION);
			if (invoke.tenantId() != null) {
				length(operation, "tenantId", invoke.tenantId(), MAX_TENANT);
			}
			checkInput(operation, update.payload());
		}
	}

	/** It cannot be offloaded: the invoked function could not read it. */
	private void checkInput(OperationRef operation, @Nullable Payload input) {
		if (input != null && input.size() > this.maxPayload) {
			throw new PayloadCodecException(
					("The input of %s cannot be recorded: it has %d bytes and at most %d are allowed. "
							+ "Pass a reference to the data instead: another function cannot read offloaded payloads.")
						.formatted(operation, input.size(), this.maxPayload),
					null);
		}
	}

	private static void seconds(OperationRef operation, String field, Duration value, long most) {
		if (value.isNegative() || value.compareTo(Duration.ofSeconds(most)) > 0) {
			throw new IllegalArgumentException("'%s' of %s must not be negative and at most %d seconds but was %s"
				.formatted(field, operation, most, value));
		}
	}

	private static void length(OperationRef operation, String field, String value, int most) {
		if (value.isEmpty() || value.length() > most) {
			throw new IllegalArgumentException("'%s' of %s must have 1 to %d characters but has %d".formatted(field,
					operation, most, value.length()));
		}
	}

}
