package dev.durable.operation;

import dev.durable.OperationId;
import dev.durable.OperationRef;
import org.jspecify.annotations.Nullable;

/**
 * Where the operations of a context belong.
 *
 * @param prefix what their ids are derived from
 * @param parent the operation that they are recorded below, or {@code null} for the root
 * @param description how messages name the context
 */
public record ContextScope(OperationId prefix, @Nullable OperationId parent, String description) {

	/**
	 * Return the scope of an operation that is recorded as a context.
	 * @param context the operation
	 * @return the scope
	 */
	public static ContextScope of(OperationRef context) {
		return new ContextScope(context.id(), context.id(), context.toString());
	}

}
