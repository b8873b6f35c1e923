package dev.durable.operation;

import java.util.function.Function;

import dev.durable.CallbackFailedException;
import dev.durable.CallbackOptions;
import dev.durable.CallbackTimedOutException;
import dev.durable.DurableCallback;
import dev.durable.ErrorObject;
import dev.durable.OperationRef;
import dev.durable.OperationStatus;
import dev.durable.TypeRef;
import dev.durable.codec.Payload;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import org.jspecify.annotations.Nullable;

/**
 * A result delivered from outside.
 *
 * @param <T> the result
 */
public final class CallbackOperation<T extends @Nullable Object> {

	private final OperationRuntime runtime;

	private final OperationRef callback;

	private final CallbackOptions options;

	private final ValueForm<T> form;

	/**
	 * Create the operation.
	 * @param runtime what operations share
	 * @param callback the operation
	 * @param type the result's type
	 * @param options timeouts and codec
	 */
	public CallbackOperation(OperationRuntime runtime, OperationRef callback, TypeRef<T> type,
			CallbackOptions options) {
		this.runtime = runtime;
		this.callback = callback;
		this.options = options;
		this.form = new ValueForm<>(runtime, "The result of " + callback, type.type(), options.codec());
	}

	/**
	 * Create the callback durably, or find it created.
	 * @return the callback
	 */
	public DurableCallback<T> execute() {
		OperationState recorded = this.runtime.journal().find(this.callback);
		if (recorded == null) {
			this.runtime.commit(OperationUpdate.start(this.callback,
					new UpdateOptions.Timeouts(this.options.timeout(), this.options.heartbeatTimeout())));
			recorded = this.runtime.journal().state(this.callback.id());
		}
		Payload id = (recorded != null) ? recorded.facts().callbackId() : null;
		if (id == null) {
			throw new IllegalStateException("%s has no recorded id".formatted(this.callback));
		}
		String text = (String) this.runtime.payloads()
			.decode("The id of " + this.callback, this.runtime.open(id), String.class);
		return new RecordedCallback<>(this.runtime, this.callback, this::result, String.valueOf(text));
	}

	private T result(OperationState state) {
		if (state.status() == OperationStatus.SUCCEEDED) {
			return this.form.decode(state.payload());
		}
		ErrorObject error = (state.error() != null) ? this.runtime.error(state.error())
				: ErrorObject.of("Callback." + state.status(), null);
		String told = (error.errorMessage() != null) ? ": " + error.errorMessage() : "";
		if (state.status() == OperationStatus.TIMED_OUT) {
			throw new CallbackTimedOutException("%s timed out: %s%s".formatted(this.callback, error.errorType(), told),
					error);
		}
		throw new CallbackFailedException("%s failed: %s%s".formatted(this.callback, error.errorType(), told), error);
	}

	private static final class RecordedCallback<T extends @Nullable Object> extends RecordedFuture<T>
			implements DurableCallback<T> {

		private final String callbackId;

		RecordedCallback(OperationRuntime runtime, OperationRef callback, Function<OperationState, T> result,
				String callbackId) {
			super(runtime, callback.id(), result);
			this.callbackId = callbackId;
		}

		@Override
		public String callbackId() {
			return this.callbackId;
		}

	}

}
