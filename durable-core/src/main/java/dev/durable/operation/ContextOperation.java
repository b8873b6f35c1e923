package dev.durable.operation;

import dev.durable.ChildContextFailedException;
import dev.durable.OperationRef;
import dev.durable.OperationStatus;
import dev.durable.codec.Payload;
import dev.durable.journal.Observation.Attempt;
import dev.durable.journal.OperationState;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import org.jspecify.annotations.Nullable;

/**
 * A group of operations whose result is recorded as one.
 *
 * @param <T> the result
 */
final class ContextOperation<T extends @Nullable Object> {

	/** AWS's checkpoint limit: a larger result is rebuilt from the children. */
	private static final int MAX_RECORDED = 262_144;

	private final OperationRuntime runtime;

	private final OperationRef context;

	private final Form<T> form;

	private boolean begun;

	ContextOperation(OperationRuntime runtime, OperationRef context, Form<T> form) {
		this.runtime = runtime;
		this.context = context;
		this.form = form;
	}

	/**
	 * Run the code, or replay what came of it.
	 * @param <E> the checked exceptions of the code
	 * @param body the code
	 * @return the result
	 * @throws E if the context failed
	 */
	<E extends Exception> T execute(Body<T> body) throws E {
		Outcome<T> outcome = run(body);
		if (outcome.error() != null) {
			throw this.runtime.<E>rethrow(outcome.error(),
					(object) -> new ChildContextFailedException(
							"%s failed: %s: %s".formatted(this.context, object.errorType(), object.errorMessage()),
							object));
		}
		return outcome.value();
	}

	/** Record the start now; the code may run later, and on another thread. */
	void begin() {
		if (!this.begun && this.runtime.journal().find(this.context) == null) {
			this.runtime.enqueue(OperationUpdate.start(this.context, UpdateOptions.NONE));
			this.begun = true;
		}
	}

	/** Run the code, or replay what came of it, and return how it ended. */
	Outcome<T> run(Body<T> body) {
		OperationState recorded = this.runtime.journal().find(this.context);
		if (recorded != null && recorded.status() == OperationStatus.FAILED) {
			return Outcome.failed(this.runtime.recordedError(recorded));
		}
		boolean succeeded = recorded != null && recorded.status() == OperationStatus.SUCCEEDED;
		if (recorded != null && succeeded && !recorded.facts().replayChildren()) {
			return Outcome.succeeded(this.form.replay(recorded));
		}
		if (recorded == null) {
			begin();
		}
		Throwable thrown;
		try {
			T result = run(body, succeeded ? recorded : null);
			Payload payload = this.form.encodeUnbounded(result);
			if (!succeeded) {
				succeed(body, result, payload);
			}
			return Outcome.succeeded(this.form.decode(payload));
		}
		catch (Throwable ex) {
			this.runtime.rethrowIfEnding(ex);
			thrown = ex;
		}
		Payload error = this.runtime.encode(thrown);
		if (!succeeded) {
			this.runtime.commit(OperationUpdate.fail(this.context, error));
		}
		return Outcome.failed(error);
	}

	/**
	 * Code that leaves because its invocation ends has not ended. What this invocation
	 * began runs for the first time, even if its start is already recorded.
	 */
	private T run(Body<T> body, @Nullable OperationState completed) throws Exception {
		Attempt observed = this.runtime.journal().observation().attempt(this.context, 1, !this.begun);
		try {
			T result = body.run(completed);
			observed.ended(null);
			return result;
		}
		catch (Throwable ex) {
			this.runtime.rethrowIfEnding(ex);
			observed.ended(ex);
			throw ex;
		}
	}

	private void succeed(Body<T> body, T result, Payload payload) {
		boolean large = payload.size() > Math.min(MAX_RECORDED, this.runtime.payloads().maxSize());
		this.runtime.commit(
				large ? OperationUpdate.succeed(this.context, body.summary(result), new UpdateOptions.ReplayChildren())
						: OperationUpdate.succeed(this.context, payload, UpdateOptions.NONE));
	}

	/**
	 * The code of a context.
	 *
	 * @param <T> the result
	 */
	@FunctionalInterface
	interface Body<T extends @Nullable Object> {

		/**
		 * Run the code.
		 * @param completed what is recorded of the context if it has succeeded with a
		 * result that must be rebuilt, else {@code null}
		 */
		T run(@Nullable OperationState completed) throws Exception;

		/** What is recorded in place of a result that is too large. */
		default @Nullable Payload summary(T result) {
			return null;
		}

	}

	/**
	 * How a context ended.
	 *
	 * @param value its result if it succeeded
	 * @param error its encoded error if it failed
	 */
	record Outcome<T extends @Nullable Object>(T value, @Nullable Payload error) {

		static <T extends @Nullable Object> Outcome<T> succeeded(T value) {
			return new Outcome<>(value, null);
		}

		@SuppressWarnings({ "DataFlowIssue", "NullAway" }) // nobody reads the value of a
															// failure
		static <T extends @Nullable Object> Outcome<T> failed(Payload error) {
			return new Outcome<>(null, error);
		}

	}

}
