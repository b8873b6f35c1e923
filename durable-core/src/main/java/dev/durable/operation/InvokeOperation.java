package dev.durable.operation;

import dev.durable.DurableFuture;
import dev.durable.ErrorObject;
import dev.durable.InvokeFailedException;
import dev.durable.InvokeOptions;
import dev.durable.InvokeStoppedException;
import dev.durable.InvokeTimedOutException;
import dev.durable.OperationRef;
import dev.durable.TypeRef;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationAction;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import org.jspecify.annotations.Nullable;

/**
 * A call of another durable function.
 *
 * @param <T> the result
 */
public final class InvokeOperation<T extends @Nullable Object> {

	private final OperationRuntime runtime;

	private final OperationRef invoke;

	private final TypeRef<T> type;

	/**
	 * Create the operation.
	 * @param runtime what operations share
	 * @param invoke the operation
	 * @param type the result's type
	 */
	public InvokeOperation(OperationRuntime runtime, OperationRef invoke, TypeRef<T> type) {
		this.runtime = runtime;
		this.invoke = invoke;
		this.type = type;
	}

	/**
	 * Start the other function durably, or find it started.
	 * @param function its name
	 * @param input its input
	 * @param options the tenant
	 * @return its result
	 */
	public DurableFuture<T> execute(String function, @Nullable Object input, InvokeOptions options) {
		if (this.runtime.journal().find(this.invoke) == null) {
			Payload payload = this.runtime.payloads()
				.encode("The input of " + this.invoke, input,
						(input instanceof Object[]) ? Object[].class : Object.class);
			this.runtime.commit(new OperationUpdate(this.invoke, OperationAction.START, payload, null,
					new UpdateOptions.Invoke(function, options.tenantId())));
		}
		return new RecordedFuture<>(this.runtime, this.invoke.id(), this::result);
	}

	@SuppressWarnings({ "unchecked", "NullAway" }) // the codec gives what the type says
	private T result(OperationState state) {
		ErrorObject error = (state.error() != null) ? this.runtime.errors().decode(state.error())
				: ErrorObject.of("Invoke." + state.status(), null);
		String told = "%s: %s".formatted(error.errorType(), error.errorMessage());
		return switch (state.status()) {
			case SUCCEEDED ->
				(T) this.runtime.payloads().decode("The result of " + this.invoke, state.payload(), this.type.type());
			case TIMED_OUT -> throw new InvokeTimedOutException("%s timed out: %s".formatted(this.invoke, told), error);
			case STOPPED -> throw new InvokeStoppedException("%s was stopped: %s".formatted(this.invoke, told), error);
			default -> throw new InvokeFailedException("%s failed: %s".formatted(this.invoke, told), error);
		};
	}

}
