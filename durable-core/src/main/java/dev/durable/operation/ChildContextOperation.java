package dev.durable.operation;

import dev.durable.ChildBody;
import dev.durable.ChildContextFailedException;
import dev.durable.ErrorObject;
import dev.durable.OperationRef;
import dev.durable.TypeRef;
import dev.durable.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * Operations of the application that are recorded as one.
 *
 * @param <T> the result
 */
public final class ChildContextOperation<T extends @Nullable Object> {

	private final OperationRuntime runtime;

	private final ChildContexts contexts;

	private final ContextScope scope;

	private final ContextOperation<T> operation;

	/**
	 * Create the operation.
	 * @param runtime what operations share
	 * @param contexts makes the child's context
	 * @param child the operation
	 * @param type the result's type
	 * @param codec writes the result, or {@code null} for the host's payload codec
	 */
	public ChildContextOperation(OperationRuntime runtime, ChildContexts contexts, OperationRef child, TypeRef<T> type,
			@Nullable ValueCodec<?> codec) {
		this.runtime = runtime;
		this.contexts = contexts;
		this.scope = ContextScope.of(child);
		this.operation = new ContextOperation<>(runtime, child,
				new ValueForm<>(runtime, "The result of " + child, type.type(), codec));
	}

	/**
	 * Run the code, or replay what came of it.
	 * @param <E> the checked exceptions of the code
	 * @param body the code
	 * @return the result
	 * @throws E if the child context failed
	 */
	public <E extends Exception> T execute(ChildBody<T, E> body) throws E {
		return this.operation.<E>execute((completed) -> this.contexts.run(this.scope, body));
	}

	/**
	 * Run the code, or replay what came of it, for a caller that declares no exceptions.
	 * @param body the code
	 * @return the result
	 * @throws ChildContextFailedException if the code failed with a checked exception
	 */
	public T executeUnchecked(ChildBody<T, ?> body) {
		try {
			return execute(body);
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			ErrorObject error = this.runtime.errors().describe(ex);
			throw new ChildContextFailedException(
					"%s failed: %s: %s".formatted(this.scope.description(), error.errorType(), error.errorMessage()),
					error);
		}
	}

}
