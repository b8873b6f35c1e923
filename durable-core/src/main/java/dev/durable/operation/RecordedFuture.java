package dev.durable.operation;

import java.util.function.Function;

import dev.durable.OperationId;
import dev.durable.journal.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * The result of an operation that ends in the journal, without a thread.
 *
 * @param <T> the result
 */
class RecordedFuture<T extends @Nullable Object> implements OperationFuture<T> {

	private final OperationRuntime runtime;

	private final OperationId id;

	private final Function<OperationState, T> result;

	RecordedFuture(OperationRuntime runtime, OperationId id, Function<OperationState, T> result) {
		this.runtime = runtime;
		this.id = id;
		this.result = result;
	}

	@Override
	public OperationId operationId() {
		return this.id;
	}

	@Override
	public T get() {
		this.runtime.threads().check("DurableFuture.get");
		this.runtime.threads().await(this.id, this::isDone);
		OperationState state = this.runtime.journal().state(this.id);
		if (state == null) {
			throw new IllegalStateException("Operation '%s' ended without a record".formatted(this.id));
		}
		return this.result.apply(state);
	}

	@Override
	public boolean isDone() {
		OperationState state = this.runtime.journal().state(this.id);
		return state != null && state.status().isTerminal();
	}

}
