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

	private final InvokeOptions options;

	private final ValueForm<T> form;

	/**
	 * Create the operation.
	 * @param runtime what operations share
	 * @param invoke the operation
	 * @param type the result's type
	 * @param options the tenant and codecs
	 */
	public InvokeOperation(OperationRuntime runtime, OperationRef invoke, TypeRef<T> type, InvokeOptions options) {
		this.runtime = runtime;
		this.invoke = invoke;
		this.options = options;
		this.form = new ValueForm<>(runtime, "The result of " + invoke, type.type(), options.resultCodec());
	}

	/**
	 * Start the other function durably, or find it started.
	 * @param function its name
	 * @param input its input
	 * @return its result
	 */
	public DurableFuture<T> execute(String function, @Nullable Object input) {
		if (this.runtime.journal().find(this.invoke) == null) {
			Payload payload = new ValueForm<@Nullable Object>(this.runtime, "The input of " + this.invoke,
					(input instanceof Object[]) ? Object[].class : Object.class, this.options.payloadCodec())
				.encodeOneWay(input);
			this.runtime.commit(new OperationUpdate(this.invoke, OperationAction.START, payload, null,
					new UpdateOptions.Invoke(function, this.options.tenantId())));
		}
		return new RecordedFuture<>(this.runtime, this.invoke.id(), this::result);
	}

	private T result(OperationState state) {
		ErrorObject error = (state.error() != null) ? this.runtime.error(state.error())
				: ErrorObject.of("Invoke." + state.status(), null);
		String told = "%s: %s".formatted(error.errorType(), error.errorMessage());
		return switch (state.status()) {
			case SUCCEEDED -> this.form.decode(state.payload());
			case TIMED_OUT -> throw new InvokeTimedOutException("%s timed out: %s".formatted(this.invoke, told), error);
			case STOPPED -> throw new InvokeStoppedException("%s was stopped: %s".formatted(this.invoke, told), error);
			default -> throw new InvokeFailedException("%s failed: %s".formatted(this.invoke, told), error);
		};
	}

}
