package dev.durable.operation;

import dev.durable.ErrorObject;
import dev.durable.IllegalDurableCallException;
import dev.durable.OperationRef;
import dev.durable.RetryDecision;
import dev.durable.StepBody;
import dev.durable.StepFailedException;
import dev.durable.StepInterruptedException;
import dev.durable.StepOptions;
import dev.durable.StepSemantics;
import dev.durable.TypeRef;
import dev.durable.codec.Payload;
import dev.durable.codec.PayloadCodecException;
import dev.durable.journal.OperationUpdate;
import dev.durable.journal.UpdateOptions;
import org.jspecify.annotations.Nullable;

/**
 * Code whose result is recorded.
 *
 * @param <T> the result
 */
public final class StepOperation<T extends @Nullable Object> {

	private final OperationRuntime runtime;

	private final OperationRef step;

	private final ValueForm<T> form;

	private final StepOptions options;

	private final Attempts<T> attempts;

	/**
	 * Create the operation.
	 * @param runtime what operations share
	 * @param step the operation
	 * @param type the result's type
	 * @param options semantics and retries
	 */
	public StepOperation(OperationRuntime runtime, OperationRef step, TypeRef<T> type, StepOptions options) {
		this.runtime = runtime;
		this.step = step;
		this.form = new ValueForm<>(runtime, "The result of " + step, type.type(), options.codec());
		this.options = options;
		this.attempts = new Attempts<>(runtime, step, this.form, (error) -> new StepFailedException(
				"%s failed: %s: %s".formatted(step, error.errorType(), error.errorMessage()), error));
	}

	/**
	 * Run the code until an attempt succeeds or none is left, or replay what came of it.
	 * @param <E> the checked exceptions of the code
	 * @param body the code
	 * @return the result
	 * @throws E if the step failed
	 */
	public <E extends Exception> T execute(StepBody<T, E> body) throws E {
		return this.attempts.<E>execute((number, recorded, interrupted) -> attempt(number, interrupted, body));
	}

	/** Return the result, or null if another attempt follows. */
	private <E extends Exception> @Nullable Payload attempt(int number, boolean interrupted, StepBody<T, E> body)
			throws E {
		boolean atMostOnce = this.options.semantics() == StepSemantics.AT_MOST_ONCE_PER_RETRY;
		if (interrupted && atMostOnce) {
			return retryOrFail(interruption(number), number);
		}
		if (!interrupted) {
			start(atMostOnce);
		}
		StepScope<T> scope = new StepScope<>(this.runtime, this.step, number, this.form);
		Throwable thrown;
		try {
			return finish(scope, scope.call(() -> body.run(scope)));
		}
		catch (Throwable ex) {
			this.runtime.rethrowIfEnding(ex);
			thrown = ex;
		}
		if (scope.committed() != null) {
			// The result is durable, so a failure after the commit must not be seen:
			// replay cannot repeat it.
			this.runtime.logger()
				.warn("{} threw after its transaction had committed; its result stands", this.step, thrown);
			return scope.committed();
		}
		return retryOrFail(thrown, number);
	}

	private void start(boolean durably) {
		OperationUpdate start = OperationUpdate.start(this.step, UpdateOptions.NONE);
		if (durably) {
			this.runtime.commit(start);
		}
		else {
			this.runtime.enqueue(start);
		}
	}

	private Payload finish(StepScope<T> scope, T result) {
		Payload committed = scope.committed();
		if (committed != null) {
			return committed;
		}
		Payload payload = this.form.encode(result);
		this.runtime.commit(OperationUpdate.succeed(this.step, payload, UpdateOptions.NONE));
		return payload;
	}

	private <E extends Exception> @Nullable Payload retryOrFail(Throwable thrown, int attempt) throws E {
		Payload error = this.runtime.encode(thrown);
		if (decide(thrown, attempt) instanceof RetryDecision.Retry retry) {
			this.runtime.logger()
				.debug("{} failed in attempt {}; next in {}", this.step, attempt, retry.delay(), thrown);
			this.runtime.enqueue(OperationUpdate.retry(this.step, error, new UpdateOptions.RetryAfter(retry.delay())));
			return null;
		}
		this.runtime.logger().debug("{} failed for good in attempt {}", this.step, attempt, thrown);
		this.runtime.commit(OperationUpdate.fail(this.step, error));
		throw this.attempts.<E>failed(error);
	}

	private RetryDecision decide(Throwable thrown, int attempt) {
		if (thrown instanceof PayloadCodecException || thrown instanceof IllegalDurableCallException) {
			// Another attempt would fail the same way, and do the body's work twice.
			return RetryDecision.fail();
		}
		try {
			return this.options.retry().decide(thrown, attempt);
		}
		catch (RuntimeException ex) {
			this.runtime.logger().warn("The retry strategy of {} threw; the step fails", this.step, ex);
			return RetryDecision.fail();
		}
	}

	private StepInterruptedException interruption(int attempt) {
		String message = "Attempt %d of %s was cut off by a crash; whether it had an effect is unknown"
			.formatted(attempt, this.step);
		return new StepInterruptedException(message, ErrorObject.of(StepInterruptedException.class.getName(), message));
	}

}
