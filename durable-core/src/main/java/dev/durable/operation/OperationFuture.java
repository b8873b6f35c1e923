package dev.durable.operation;

import dev.durable.DurableFuture;
import dev.durable.OperationId;
import org.jspecify.annotations.Nullable;

/**
 * The future of an operation.
 *
 * @param <T> the result
 */
interface OperationFuture<T extends @Nullable Object> extends DurableFuture<T> {

	/** The operation, or null if it leaves no record. */
	@Nullable OperationId operationId();

}
