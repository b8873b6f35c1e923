package dev.durable.journal;

import dev.durable.OperationRef;
import dev.durable.codec.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What an operation wants recorded.
 *
 * @param operation the operation
 * @param action what happens to it
 * @param payload its encoded input or result, or {@code null}
 * @param error its encoded error, or {@code null}
 * @param options the rest
 */
public record OperationUpdate(OperationRef operation, OperationAction action, @Nullable Payload payload,
		@Nullable Payload error, UpdateOptions options) {

	/**
	 * Return the update that starts an operation.
	 * @param operation the operation
	 * @param options the rest
	 * @return the update
	 */
	public static OperationUpdate start(OperationRef operation, UpdateOptions options) {
		return new OperationUpdate(operation, OperationAction.START, null, null, options);
	}

	/**
	 * Return the update that ends an operation with a result.
	 * @param operation the operation
	 * @param result the encoded result, or {@code null} if it is not recorded
	 * @param options the rest
	 * @return the update
	 */
	public static OperationUpdate succeed(OperationRef operation, @Nullable Payload result, UpdateOptions options) {
		return new OperationUpdate(operation, OperationAction.SUCCEED, result, null, options);
	}

	/**
	 * Return the update that ends an operation with an error.
	 * @param operation the operation
	 * @param error the encoded error
	 * @return the update
	 */
	public static OperationUpdate fail(OperationRef operation, Payload error) {
		return new OperationUpdate(operation, OperationAction.FAIL, null, error, UpdateOptions.NONE);
	}

	/**
	 * Return the update that ends a failed attempt, which another one follows.
	 * @param operation the operation
	 * @param error the encoded error
	 * @param options the delay
	 * @return the update
	 */
	public static OperationUpdate retry(OperationRef operation, Payload error, UpdateOptions.RetryAfter options) {
		return new OperationUpdate(operation, OperationAction.RETRY, null, error, options);
	}

	/**
	 * Return the update that ends a check of a condition, which another one follows.
	 * @param operation the operation
	 * @param state the encoded state that the next check gets
	 * @param options the delay
	 * @return the update
	 */
	public static OperationUpdate recheck(OperationRef operation, Payload state, UpdateOptions.RetryAfter options) {
		return new OperationUpdate(operation, OperationAction.RETRY, state, null, options);
	}

}
